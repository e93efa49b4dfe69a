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

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_deadline() {
        let now = Instant::now();
        let deadline = Deadline::after(Some(SECOND), now);
        assert_eq!(deadline.allowed(), SECOND);
        let just_before = now + SECOND - Duration::from_nanos(1);
        assert!(!deadline.forbids(just_before) && deadline.forbids(now + SECOND) && deadline.forbids(now + SECOND * 2));
        assert_eq!(deadline.cut(SECOND * 3, now + SECOND / 4), SECOND * 3 / 4);
        assert_eq!(deadline.cut(SECOND / 2, now + SECOND / 4), SECOND / 2);
        assert_eq!(deadline.cut(SECOND, now + SECOND * 9), Duration::ZERO);
        assert_eq!(deadline.limit(tokio::time::sleep(SECOND / 2)).await, Some(()));
        assert_eq!(deadline.limit(std::future::pending::<()>()).await, None);
        assert_eq!(now.elapsed(), SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn no_deadline() {
        let now = Instant::now();
        for allowed in [None, Some(Duration::MAX)] {
            let deadline = Deadline::after(allowed, now);
            assert_eq!(deadline.allowed(), Duration::MAX);
            assert!(!deadline.forbids(now + SECOND * 1_000_000));
            assert_eq!(deadline.cut(SECOND, now + SECOND * 9), SECOND);
            assert_eq!(deadline.limit(tokio::time::sleep(SECOND)).await, Some(()));
        }
    }
}
