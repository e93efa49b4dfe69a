//! One call: what it carries into the raw operation, and what comes out of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use progenitor_client::{Error as RawError, ResponseValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::Checks;
use super::client::Client;
use super::context::Context;
use super::error::Error;
use super::multipart::Multipart;
use super::options::CallOptions;
use super::pipeline::{self, Run};
use super::received::Received;
use super::reply::Reply;
use super::{decode, param, verdict};

/// A body that wraps its data together with a flag that says whether the call succeeded.
pub(crate) trait Enveloped {
    /// What is inside.
    type Data;
    /// Whether the flag says that the call succeeded.
    fn succeeded(&self) -> bool;
    /// Takes the wrapping off.
    fn into_data(self) -> Self::Data;
}

/// The state of one call. The raw client holds it as its inner value, so that the hooks find it.
pub(crate) struct Call {
    context: Context,
    outcome: Mutex<Outcome>,
}

/// What the pipeline leaves behind beside the response that it hands to the raw operation.
#[derive(Default)]
struct Outcome {
    failure: Option<Error>,
    received: Option<Received>,
    attempts: u32,
}

impl Call {
    /// Begins a call whose inputs break no rule.
    pub(crate) fn begin(client: &Client, options: &CallOptions, checks: Checks) -> Result<Self, Error> {
        let context = Context::new(client, options, checks)?;
        Ok(Self { context, outcome: Mutex::default() })
    }

    /// Sends a header with every attempt.
    pub(crate) fn header(&mut self, name: &str, value: String) {
        self.context.options.header(name, value);
    }

    /// Sends a cookie with every attempt.
    pub(crate) fn cookie(&mut self, name: &str, value: &str) {
        self.context.options.cookie(name, value);
    }

    /// Adds parameters to the query.
    pub(crate) fn query(&mut self, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            self.context.options.query(name, value);
        }
    }

    /// Sends a body of this media type.
    pub(crate) fn body(&mut self, media_type: &str, body: Bytes) {
        self.context.body = Some((media_type.to_owned(), body));
    }

    /// Sends the fields of an object as a form.
    pub(crate) fn form(&mut self, value: &impl Serialize) {
        let fields = param::fields("value", value);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body.into());
    }

    /// Sends several parts.
    pub(crate) fn multipart(&mut self, parts: &Multipart) {
        let (media_type, body) = parts.encode();
        self.body(&media_type, body);
    }

    /// Where it goes: to the operation's own server, if it has one and the client was not told another.
    pub(crate) fn base_url<'c>(&self, client: &'c Client) -> &'c str {
        let is_default = client.base_url() == client.shared().policy.base_url;
        self.context.operation.server.filter(|_| is_default).unwrap_or(client.base_url())
    }

    /// What it goes through.
    pub(crate) fn http(&self) -> reqwest::Client {
        self.context.shared().http.clone()
    }

    /// The `exec` hook of the raw client: runs the pipeline.
    ///
    /// The hook can only return reqwest's own errors, so a failure waits in the call, and [`post`](Self::post) ends
    /// the raw operation before it looks at the response that stands in.
    pub(crate) async fn exec(&self, request: reqwest::Request) -> reqwest::Result<reqwest::Response> {
        Ok(self.run(request).await.into())
    }

    /// Runs the pipeline, and keeps what comes of it. What goes on has the status and the body, which is all that the raw
    /// operation looks at; a failure leaves an empty response.
    pub(crate) async fn run(&self, request: reqwest::Request) -> http::Response<Bytes> {
        let span = &self.context.span;
        span.method(request.method());
        let Run { result, attempts } = span.around(pipeline::run(&self.context, request)).await;
        let status = result.as_ref().map_or_else(Error::status, |received| Some(received.status));
        span.end(status, attempts, self.context.begun.elapsed());
        let mut outcome = self.outcome();
        outcome.attempts = attempts;
        match result {
            Ok(received) => {
                let mut response = http::Response::new(received.body.clone());
                *response.status_mut() = received.status;
                outcome.received = Some(received);
                response
            }
            Err(failure) => {
                outcome.failure = Some(failure);
                http::Response::default()
            }
        }
    }

    /// The `post` hook of the raw client: stops it when the pipeline has failed.
    #[allow(clippy::result_large_err, reason = "the error is the base library's own")]
    pub(crate) fn post<E>(&self) -> Result<(), RawError<E>> {
        match self.outcome().failure {
            Some(_) => Err(RawError::Custom("the call failed".to_owned())),
            None => Ok(()),
        }
    }

    /// Sends a request that no raw operation makes; a body that is empty reads as null.
    pub(crate) async fn send<T: DeserializeOwned>(&self, request: reqwest::Request) -> Result<Reply<T>, Error> {
        let body = self.run(request).await.into_body();
        if let Some(failure) = self.outcome().failure.take() {
            return Err(failure);
        }
        if self.says_failed() {
            return Err(self.refusal());
        }
        let body = if body.is_empty() { Bytes::from_static(b"null") } else { body };
        let value = serde_json::from_slice(&body).map_err(|_| self.misfit::<T>(&body))?;
        Ok(self.reply(value))
    }

    /// The value of a call whose body is the value.
    pub(crate) fn conclude<T: DeserializeOwned>(
        &self,
        result: Result<ResponseValue<T>, RawError<()>>,
    ) -> Result<Reply<T>, Error> {
        match result {
            Ok(value) => Ok(self.reply(value.into_inner())),
            Err(error) => Err(self.explain::<T>(error)),
        }
    }

    /// The body of a call as text.
    pub(crate) fn text(&self, result: Result<ResponseValue<()>, RawError<()>>) -> Result<Reply<String>, Error> {
        let reply = self.bytes(result)?;
        match String::from_utf8(reply.value.to_vec()) {
            Ok(text) => Ok(reply.map(|_| text)),
            Err(_) => Err(decode::not_text(self.context.operation.id, reply.status)),
        }
    }

    /// The body of a call as it is.
    pub(crate) fn bytes(&self, result: Result<ResponseValue<()>, RawError<()>>) -> Result<Reply<Bytes>, Error> {
        let reply = self.conclude(result)?;
        let body = reply.body.clone();
        Ok(reply.map(|()| body))
    }

    /// The value of a call whose body is an envelope around it.
    pub(crate) fn open<B>(&self, result: Result<ResponseValue<B>, RawError<()>>) -> Result<Reply<B::Data>, Error>
    where
        B: Enveloped + DeserializeOwned,
    {
        match result.map(ResponseValue::into_inner) {
            Ok(body) if body.succeeded() => Ok(self.reply(body.into_data())),
            // An envelope that says "failed" may lack the data that its type demands.
            Ok(_) => Err(self.refusal()),
            Err(error) => match self.explain::<B>(error) {
                Error::Decode { .. } if self.says_failed() => Err(self.refusal()),
                error => Err(error),
            },
        }
    }

    /// A value with the answer that it came in, which ends the call.
    fn reply<T>(&self, value: T) -> Reply<T> {
        let mut outcome = self.outcome();
        let Received { status, headers, body } = outcome.received.take().unwrap_or_default();
        Reply { value, status, headers, body, attempts: outcome.attempts, elapsed: self.context.begun.elapsed() }
    }

    fn outcome(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the body's own flag says that the call failed.
    fn says_failed(&self) -> bool {
        let flag = self.context.shared().policy.failure.flag;
        let outcome = self.outcome();
        let body = outcome
            .received
            .as_ref()
            .and_then(|received| serde_json::from_slice::<serde_json::Value>(&received.body).ok());
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    fn refusal(&self) -> Error {
        match &self.outcome().received {
            Some(received) => verdict::refusal(&self.context, received),
            None => decode::unexpected(self.context.operation.id, StatusCode::OK),
        }
    }

    /// Why a success does not have the documented form.
    fn misfit<T: DeserializeOwned>(&self, body: &[u8]) -> Error {
        let status = self.outcome().received.as_ref().map_or(StatusCode::OK, |received| received.status);
        let misfit = decode::misfit::<T>(self.context.operation.id, status, body);
        self.context.span.misfit(&misfit);
        misfit
    }

    fn explain<T: DeserializeOwned>(&self, error: RawError<()>) -> Error {
        let operation = self.context.operation.id;
        let (failure, status) = {
            let mut outcome = self.outcome();
            (outcome.failure.take(), outcome.received.as_ref().map(|received| received.status))
        };
        match (failure, error, status) {
            (Some(failure), ..) => failure,
            (None, RawError::InvalidResponsePayload(body, _), Some(_)) => self.misfit::<T>(&body),
            // The URL could not be made or the body not be written: nothing has been sent.
            (None, RawError::CommunicationError(error), None) => {
                Error::config(format!("{operation}: the request cannot be built: {}", error.without_url()))
            }
            (None, _, Some(status)) => decode::unexpected(operation, status),
            (None, error, None) => {
                Error::config(format!("{operation}: the request cannot be built ({:?})", error.status()))
            }
        }
    }
}
