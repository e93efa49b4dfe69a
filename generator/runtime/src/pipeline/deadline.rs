//! The moment when a call has to be over.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// A moment, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    allowed: Option<Duration>,
    at: Option<Instant>,
}

impl Deadline {
    /// That much time from now on; a time too long for the clock is as good as none.
    pub(crate) fn after(allowed: Option<Duration>, now: Instant) -> Self {
        Self { allowed, at: allowed.and_then(|allowed| now.checked_add(allowed)) }
    }

    /// The time that was allowed in all.
    pub(crate) fn allowed(&self) -> Duration {
        self.allowed.unwrap_or(Duration::MAX)
    }

    /// Runs a future until then; none if it does not end in time.
    pub(crate) async fn limit<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.at {
            Some(at) => timeout_at(at, future).await.ok(),
            None => Some(future.await),
        }
    }

    /// Whether a moment is too late.
    pub(crate) fn forbids(&self, moment: Instant) -> bool {
        self.at.is_some_and(|at| moment >= at)
    }

    /// At most this long, and no longer than there is time.
    pub(crate) fn cut(&self, time: Duration, now: Instant) -> Duration {
        self.at.map_or(time, |at| time.min(at.saturating_duration_since(now)))
    }
}
