//! The pipeline's data about a call.

use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use crate::api::{Operation, Safety};
use crate::call::options::CallOptions;
use crate::client::{Client, Shared};
use crate::error::Error;
use crate::pipeline::deadline::Deadline;
use crate::pipeline::outgoing::Outgoing;
use crate::pipeline::retry::RetryPolicy;
use crate::pipeline::trace::Span;

/// A call: its client, its operation, and its options with the client's defaults.
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    /// Whether the call may be retried.
    pub(crate) safety: Safety,
    /// The maximum time of one attempt.
    pub(crate) timeout: Duration,
    pub(crate) begun: Instant,
    pub(crate) deadline: Deadline,
    pub(crate) retry: RetryPolicy,
    pub(crate) options: CallOptions,
    pub(crate) outgoing: Outgoing,
    /// The id of the event after which a stream of events continues.
    pub(crate) last_event_id: Option<HeaderValue>,
    pub(crate) span: Span,
}

impl Context {
    pub(crate) fn new(
        client: &Client,
        operation: &'static Operation,
        options: CallOptions,
        outgoing: Outgoing,
    ) -> Self {
        let shared = client.shared();
        let begun = Instant::now();
        Self {
            client: client.clone(),
            operation,
            safety: if operation.idempotency_key.is_some() { Safety::Idempotent } else { operation.safety },
            timeout: options.timeout.unwrap_or(shared.timeout),
            begun,
            deadline: Deadline::after(options.deadline.or(shared.deadline), begun),
            retry: RetryPolicy { max_retries: options.max_retries.unwrap_or(shared.retry.max_retries), ..shared.retry },
            options,
            outgoing,
            last_event_id: None,
            span: Span::call(shared.api.package.tracer, operation),
        }
    }

    /// Returns a request with everything that all attempts have in common, except the API key.
    pub(crate) fn request(&self) -> reqwest::Request {
        let shared = self.shared();
        let mut request = self.outgoing.request(&shared.user_agent);
        for options in [&shared.options, &self.options] {
            options.apply(&mut request);
        }
        if let Some(id) = &self.last_event_id {
            request.headers_mut().insert("last-event-id", id.clone());
        }
        request
    }

    /// Whether a body is sent or received piece by piece.
    pub(crate) fn streams(&self) -> bool {
        self.options.streams || self.outgoing.body.as_ref().is_some_and(|body| body.bytes().is_none())
    }

    /// Returns the error of a request that cannot be sent before the deadline.
    pub(crate) fn late(&self) -> Error {
        Error::Timeout { operation: self.operation.id, after: self.deadline.allowed(), sent: false }
    }

    pub(crate) fn shared(&self) -> &Shared {
        self.client.shared()
    }
}
