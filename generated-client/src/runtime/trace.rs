//! What a call tells `tracing`: operation, method, path template, status, attempts, times; nothing personal.
//!
//! Without the feature everything here is empty.

use std::time::Duration;

use http::StatusCode;

use super::error::Error;
use super::operation::Operation;

/// The span of one call.
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
mod on {
    use tracing::field::{Empty, display};
    use tracing::{Level, debug, info};

    use super::{Duration, Error, Operation, Span, StatusCode};

    const TARGET: &str = env!("CARGO_PKG_NAME");

    impl Span {
        pub(crate) fn call(operation: Operation) -> Self {
            let span = tracing::span!(
                target: TARGET,
                Level::DEBUG,
                "call",
                operation = operation.id,
                method = Empty,
                path = operation.path,
                status = Empty,
                attempts = Empty,
                elapsed_ms = Empty,
            );
            Self { span }
        }

        /// A future that runs inside the span. (An `async fn` would hold it twice: as what it takes and as what it awaits.)
        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
            tracing::Instrument::instrument(future, self.span.clone())
        }

        pub(crate) fn method(&self, method: &http::Method) {
            self.span.record("method", method.as_str());
        }

        /// The rate limit has let a request leave, which is worth telling if it took a while.
        pub(crate) fn admitted(&self, waited: Duration) {
            if millis(waited) > 0 {
                self.span.in_scope(|| debug!(target: TARGET, waited_ms = millis(waited), "rate limit"));
            }
        }

        pub(crate) fn attempt(&self, number: u32, status: Option<StatusCode>, error: Option<&Error>, took: Duration) {
            let status = status.map(|status| status.as_u16());
            let error = error.map(display);
            self.span.in_scope(
                || debug!(target: TARGET, attempt = number, status, elapsed_ms = millis(took), error, "attempt"),
            );
        }

        pub(crate) fn retry(&self, number: u32, wait: Duration) {
            self.span.in_scope(|| info!(target: TARGET, attempt = number, wait_ms = millis(wait), "retry"));
        }

        /// The end of a call that reached the server.
        pub(crate) fn end(&self, status: Option<StatusCode>, attempts: u32, elapsed: Duration) {
            if let Some(status) = status {
                self.span.record("status", status.as_u16());
            }
            self.span.record("attempts", attempts);
            self.span.record("elapsed_ms", millis(elapsed));
        }

        /// A success whose body does not fit.
        pub(crate) fn misfit(&self, error: &Error) {
            self.span.in_scope(|| tracing::warn!(target: TARGET, error = %error, "misfit"));
        }
    }

    fn millis(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self, reason = "stands in for what has a span")]
mod off {
    use super::{Duration, Error, Operation, Span, StatusCode};

    impl Span {
        pub(crate) fn call(_: Operation) -> Self {
            Self {}
        }

        pub(crate) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(crate) fn method(&self, _: &http::Method) {}

        pub(crate) fn admitted(&self, _: Duration) {}

        pub(crate) fn attempt(&self, _: u32, _: Option<StatusCode>, _: Option<&Error>, _: Duration) {}

        pub(crate) fn retry(&self, _: u32, _: Duration) {}

        pub(crate) fn end(&self, _: Option<StatusCode>, _: u32, _: Duration) {}

        pub(crate) fn misfit(&self, _: &Error) {}
    }
}
