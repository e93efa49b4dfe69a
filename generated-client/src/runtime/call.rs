//! One call: what it carries into the raw operation, and what comes out of it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use progenitor_client::{Error as RawError, ResponseValue};
use serde::de::DeserializeOwned;

use super::body::Reply;
use super::check::Checks;
use super::client::Client;
use super::context::Context;
use super::error::Error;
use super::{decode, pipeline, verdict};

/// What awaiting a request value drives.
pub(crate) type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Settings of a single call; what is not set comes from the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    /// How long one attempt may take.
    pub(crate) timeout: Option<Duration>,
}

/// Gives a request value its per-call options.
macro_rules! request_value {
    ($value:ident) => {
        impl $value {
            /// How long one attempt may take, instead of what the client is set to.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.timeout = Some(timeout);
                self
            }
        }

        /// Shows no inputs, which may be personal.
        impl std::fmt::Debug for $value {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($value)).field("options", &self.options).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use request_value;

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
    reply: Option<Reply>,
}

impl Call {
    /// Begins a call whose inputs break no rule.
    pub(crate) fn begin(client: &Client, options: &CallOptions, checks: Checks) -> Result<Self, Error> {
        let operation = checks.finish()?;
        let timeout = options.timeout.unwrap_or(client.shared().timeout);
        let context = Context { client: client.clone(), operation, timeout };
        Ok(Self { context, outcome: Mutex::default() })
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
        let response = match pipeline::run(&self.context, request).await {
            Ok(reply) => {
                self.outcome().reply = Some(reply.clone());
                reply.into_response()
            }
            Err(failure) => {
                self.outcome().failure = Some(failure);
                http::Response::default()
            }
        };
        Ok(response.into())
    }

    /// The `post` hook of the raw client: stops it when the pipeline has failed.
    #[allow(clippy::result_large_err, reason = "the error is the base library's own")]
    pub(crate) fn post<E>(&self) -> Result<(), RawError<E>> {
        match self.outcome().failure {
            Some(_) => Err(RawError::Custom("the call failed".to_owned())),
            None => Ok(()),
        }
    }

    /// The value of a call whose body is the value.
    pub(crate) fn conclude<T: DeserializeOwned>(
        &self,
        result: Result<ResponseValue<T>, RawError<()>>,
    ) -> Result<T, Error> {
        result.map(ResponseValue::into_inner).map_err(|error| self.explain::<T>(error))
    }

    /// The value of a call whose body is an envelope around it.
    pub(crate) fn open<B>(&self, result: Result<ResponseValue<B>, RawError<()>>) -> Result<B::Data, Error>
    where
        B: Enveloped + DeserializeOwned,
    {
        match self.conclude(result) {
            Ok(body) if body.succeeded() => Ok(body.into_data()),
            // An envelope that says "failed" may lack the data that its type demands.
            Ok(_) => Err(self.refusal()),
            Err(Error::Decode { .. }) if self.says_failed() => Err(self.refusal()),
            Err(error) => Err(error),
        }
    }

    fn outcome(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the body's own flag says that the call failed.
    fn says_failed(&self) -> bool {
        let flag = self.context.shared().policy.failure.flag;
        let outcome = self.outcome();
        let body =
            outcome.reply.as_ref().and_then(|reply| serde_json::from_slice::<serde_json::Value>(&reply.body).ok());
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    fn refusal(&self) -> Error {
        match &self.outcome().reply {
            Some(reply) => verdict::refusal(&self.context, reply),
            None => decode::unexpected(self.context.operation, StatusCode::OK),
        }
    }

    fn explain<T: DeserializeOwned>(&self, error: RawError<()>) -> Error {
        let mut outcome = self.outcome();
        if let Some(failure) = outcome.failure.take() {
            return failure;
        }
        match (error, &outcome.reply) {
            (RawError::InvalidResponsePayload(body, _), Some(reply)) => {
                decode::misfit::<T>(self.context.operation, reply.status, &body)
            }
            // The URL could not be made or the body not be written: nothing has been sent.
            (RawError::CommunicationError(error), None) => Error::config(format!(
                "{}: the request cannot be built: {}",
                self.context.operation,
                error.without_url()
            )),
            (_, Some(reply)) => decode::unexpected(self.context.operation, reply.status),
            (error, None) => {
                Error::config(format!("{}: the request cannot be built ({:?})", self.context.operation, error.status()))
            }
        }
    }
}
