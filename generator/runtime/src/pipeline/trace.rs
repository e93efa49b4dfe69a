//! Spans and events of a call for `tracing`: operation, method, path template, status, request id, attempts, times and
//! the shape of error bodies, never personal data.
//!
//! The target of spans and events is the name of the generated crate. `tracer!` expands their callsites there, and the
//! pipeline calls them through a [`Tracer`]. Without the feature, everything here is a no-op.

use std::time::Duration;

use http::StatusCode;

use crate::api::operation::Operation;
use crate::error::Error;
use crate::pipeline::received::Received;
#[cfg(feature = "tracing")]
use crate::request_id;

/// The trace functions of a generated crate.
#[cfg(feature = "tracing")]
#[derive(Clone, Copy, Debug)]
pub struct Tracer {
    /// Creates the span of a call, from operation and path template.
    pub span: fn(&'static str, &'static str) -> tracing::Span,
    /// The rate limit delayed a request by this many milliseconds.
    pub rate_limit: fn(u64),
    /// An attempt ended: number, status, request id, milliseconds, error.
    pub attempt: fn(u32, Option<u16>, Option<&str>, u64, Option<&Error>),
    /// A retry follows this attempt after this many milliseconds.
    pub retry: fn(u32, u64),
    /// The body of a success response does not have the documented type.
    pub mismatch: fn(&Error),
}

/// The trace functions of a generated crate: none without the feature.
#[cfg(not(feature = "tracing"))]
#[derive(Clone, Copy, Debug)]
pub struct Tracer;

/// Creates the tracer of the crate that expands it.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "tracing")]
macro_rules! tracer {
    () => {
        $crate::trace::Tracer {
            span: |operation, path| {
                $crate::trace::tracing::span!(
                    target: env!("CARGO_PKG_NAME"),
                    $crate::trace::tracing::Level::DEBUG,
                    "call",
                    operation,
                    method = $crate::trace::tracing::field::Empty,
                    path,
                    status = $crate::trace::tracing::field::Empty,
                    attempts = $crate::trace::tracing::field::Empty,
                    elapsed_ms = $crate::trace::tracing::field::Empty,
                )
            },
            rate_limit: |waited_ms| {
                $crate::trace::tracing::debug!(target: env!("CARGO_PKG_NAME"), waited_ms, "rate limit");
            },
            attempt: |attempt, status, request_id, elapsed_ms, error| {
                $crate::trace::tracing::debug!(
                    target: env!("CARGO_PKG_NAME"),
                    attempt,
                    status,
                    request_id,
                    elapsed_ms,
                    error = error.map($crate::trace::tracing::field::display),
                    body = error.and_then($crate::Error::body_shape),
                    "attempt"
                );
            },
            retry: |attempt, wait_ms| {
                $crate::trace::tracing::info!(target: env!("CARGO_PKG_NAME"), attempt, wait_ms, "retry");
            },
            mismatch: |error| {
                $crate::trace::tracing::warn!(target: env!("CARGO_PKG_NAME"), error = %error, "type mismatch");
            },
        }
    };
}

/// Creates the tracer of the crate that expands it.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "tracing"))]
macro_rules! tracer {
    () => {
        $crate::trace::Tracer
    };
}

#[doc(hidden)]
#[cfg(feature = "tracing")]
pub use tracing;

/// The span of one call.
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    tracer: Tracer,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn call(tracer: Tracer, operation: &Operation) -> Self {
        Self { tracer, span: (tracer.span)(operation.id, operation.path) }
    }

    /// Runs a future inside the span. (An `async fn` would store the future twice: as argument and while awaiting it.)
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    pub(crate) fn method(&self, method: &http::Method) {
        self.span.record("method", method.as_str());
    }

    /// Reports how long the rate limit delayed a request, if it did.
    pub(crate) fn admitted(&self, waited: Duration) {
        if millis(waited) > 0 {
            self.span.in_scope(|| (self.tracer.rate_limit)(millis(waited)));
        }
    }

    pub(crate) fn attempt(&self, number: u32, result: Result<&Received, &Error>, took: Duration) {
        let (status, request_id, error) = match result {
            Ok(received) => (Some(received.status), request_id::find(&received.headers), None),
            Err(error) => (error.status(), error.request_id(), Some(error)),
        };
        let status = status.map(|status| status.as_u16());
        self.span.in_scope(|| (self.tracer.attempt)(number, status, request_id, millis(took), error));
    }

    pub(crate) fn retry(&self, number: u32, wait: Duration) {
        self.span.in_scope(|| (self.tracer.retry)(number, millis(wait)));
    }

    /// Records the end of a call.
    pub(crate) fn end(&self, status: Option<StatusCode>, attempts: u32, elapsed: Duration) {
        if let Some(status) = status {
            self.span.record("status", status.as_u16());
        }
        self.span.record("attempts", attempts);
        self.span.record("elapsed_ms", millis(elapsed));
    }

    /// Reports a success response whose body does not have the documented type.
    pub(crate) fn mismatch(&self, error: &Error) {
        self.span.in_scope(|| (self.tracer.mismatch)(error));
    }
}

#[cfg(feature = "tracing")]
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self, reason = "the same methods as with the feature")]
impl Span {
    pub(crate) fn call(_: Tracer, _: &Operation) -> Self {
        Self {}
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn method(&self, _: &http::Method) {}

    pub(crate) fn admitted(&self, _: Duration) {}

    pub(crate) fn attempt(&self, _: u32, _: Result<&Received, &Error>, _: Duration) {}

    pub(crate) fn retry(&self, _: u32, _: Duration) {}

    pub(crate) fn end(&self, _: Option<StatusCode>, _: u32, _: Duration) {}

    pub(crate) fn mismatch(&self, _: &Error) {}
}
