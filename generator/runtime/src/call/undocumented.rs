//! Calls of undocumented endpoints through the same pipeline.

use std::fmt::Display;
use std::marker::PhantomData;

use http::{HeaderValue, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::{Operation, Safety};
use crate::call;
use crate::call::options::CallOptions;
use crate::call::reply::Reply;
use crate::call::request::{Pending, Request};
use crate::call_options;
use crate::client::caller::{AsyncCaller, Caller};
use crate::error::Error;
use crate::pipeline::context::Context;
use crate::pipeline::outgoing::{Outgoing, Payload};
use crate::values::check::Checks;

/// The operation in errors and traces. The real path may contain personal data, so it is not used there.
static OPERATION: Operation = Operation::new("request", "GET", "(undocumented)", Safety::NotIdempotent);
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request to an undocumented endpoint; `.await` sends it.
#[derive(Clone)]
#[must_use = "`.await` sends the request"]
pub struct Undocumented<C, T = Value> {
    client: C,
    options: CallOptions,
    method: Method,
    path: String,
    body: Option<Vec<u8>>,
    problem: Option<String>,
    output: PhantomData<fn() -> T>,
}

impl<C> Undocumented<C> {
    #[doc(hidden)]
    pub fn new(client: C, method: Method, path: String) -> Self {
        let options = CallOptions::default();
        Self { client, options, method, path, body: None, problem: None, output: PhantomData }
    }
}

impl<C, T> Undocumented<C, T> {
    /// Adds a query parameter. It is percent-encoded where necessary.
    pub fn query(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.options.query(name, value.to_string());
        self
    }

    /// Sets a JSON body.
    ///
    /// The call fails with [`Error::InvalidRequest`] if the value cannot be serialized.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = Some(body),
            // serde's message may quote the value.
            Err(_) => self.problem = Some("must be a value that JSON can represent".to_owned()),
        }
        self
    }

    /// Sets the type of the response. It is the type of the whole body, including any envelope.
    pub fn decode<U>(self) -> Undocumented<C, U> {
        let Self { client, options, method, path, body, problem, .. } = self;
        Undocumented { client, options, method, path, body, problem, output: PhantomData }
    }
}

impl<C: Caller, T: DeserializeOwned + Send + 'static> Undocumented<C, T> {
    async fn call(self) -> Result<Reply<T>, Error> {
        let client = self.client.client();
        let mut checks = Checks::new(OPERATION.id);
        let url = client.shared().base_url.join_inside(&self.path);
        if url.is_none() {
            checks.report("path", "must begin with `/` and stay below the base URL");
        }
        if let Some(problem) = self.problem {
            checks.report("body", problem);
        }
        self.options.finish(checks)?;
        let url = url.ok_or_else(|| Error::config("the path is not part of a valid URL"))?;
        let safety = Safety::of(&self.method);
        let body = self.body.map(|json| Payload::new(JSON, vec![json.into()]));
        let outgoing = Outgoing { method: self.method, url, accept: JSON, body };
        // The placeholder operation has no safety of its own.
        let context = Context { safety, ..Context::new(client, &OPERATION, self.options, outgoing) };
        call::execute(Box::new(context)).await?.undocumented()
    }
}

call_options!(Undocumented, T);

impl<C: Caller, T: DeserializeOwned + Send + 'static> Request for Undocumented<C, T> {
    type Output = T;
    type Caller = C;

    fn caller(&self) -> &C {
        &self.client
    }

    fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    fn reply(self) -> Pending<Result<Reply<T>, Error>> {
        Box::pin(self.call())
    }
}

impl<C: AsyncCaller, T: DeserializeOwned + Send + 'static> IntoFuture for Undocumented<C, T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.call().await.map(|reply| reply.value) })
    }
}
