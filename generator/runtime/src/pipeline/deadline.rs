//! The deadline of a call.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// The moment by which a call must end, if it has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    allowed: Option<Duration>,
    at: Option<Instant>,
}

impl Deadline {
    /// Returns the deadline after this time. A time that the clock cannot represent means no deadline.
    pub(crate) fn after(allowed: Option<Duration>, now: Instant) -> Self {
        Self { allowed, at: allowed.and_then(|allowed| now.checked_add(allowed)) }
    }

    /// The total time allowed.
    pub(crate) fn allowed(&self) -> Duration {
        self.allowed.unwrap_or(Duration::MAX)
    }

    /// Runs a future until the deadline; `None` if it does not complete in time.
    pub(crate) async fn limit<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.at {
            Some(at) => timeout_at(at, future).await.ok(),
            None => Some(future.await),
        }
    }

    /// Whether this moment is past the deadline.
    pub(crate) fn forbids(&self, moment: Instant) -> bool {
        self.at.is_some_and(|at| moment >= at)
    }

    /// Shortens a time to the time left.
    pub(crate) fn cut(&self, time: Duration, now: Instant) -> Duration {
        self.at.map_or(time, |at| time.min(at.saturating_duration_since(now)))
    }
}
