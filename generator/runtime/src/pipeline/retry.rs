//! Whether a call is retried, and after how long.

use std::time::Duration;

use crate::error::Error;

/// How often a call is retried, and how long it waits in between.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    /// How often a call may be retried after the first attempt.
    pub(crate) max_retries: u32,
    /// The longest wait before the first repetition; it doubles with each.
    pub(crate) first_wait: Duration,
    /// The longest wait of all.
    pub(crate) longest_wait: Duration,
    /// The longest wait that a server may ask for.
    pub(crate) longest_retry_after: Duration,
}

impl RetryPolicy {
    pub(crate) const DEFAULT: Self = Self {
        max_retries: 3,
        first_wait: Duration::from_millis(500),
        longest_wait: Duration::from_secs(8),
        longest_retry_after: Duration::from_secs(60),
    };

    /// The wait after an attempt that failed; none where the call ends with it.
    ///
    /// What the server asks for is waited for in full. A server that asks for more than is allowed would reject an
    /// earlier attempt too, so its response is the end.
    pub(crate) fn wait(&self, attempt: u32, error: &Error, jitter: impl FnOnce() -> f64) -> Option<Duration> {
        if attempt > self.max_retries || !error.is_retryable() {
            return None;
        }
        match error.retry_after() {
            Some(asked) => (asked <= self.longest_retry_after).then_some(asked),
            None => Some(self.ceiling(attempt).mul_f64(jitter())),
        }
    }

    /// The longest wait after this attempt; what is waited is chosen evenly between nothing and that, so that clients
    /// that failed together do not come back together.
    fn ceiling(&self, attempt: u32) -> Duration {
        let doubled = 1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(doubled).min(self.longest_wait)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::error::error_body::ErrorBody;

    const POLICY: RetryPolicy = RetryPolicy { max_retries: 6, ..RetryPolicy::DEFAULT };

    fn rejected(retry_after: Option<Duration>) -> Error {
        let body = ErrorBody::new(&Bytes::new());
        Error::RateLimited { operation: "get_thing", retry_after, message: String::new(), body }
    }

    #[test]
    fn waits_double_up_to_the_longest_and_jitter_spreads_them() {
        let longest: Vec<_> = (1..=7).map(|attempt| POLICY.wait(attempt, &rejected(None), || 1.0)).collect();
        let expected = [500, 1000, 2000, 4000, 8000, 8000].map(|wait| Some(Duration::from_millis(wait)));
        assert_eq!(longest[..6], expected);
        assert_eq!(longest[6], None);
        assert_eq!(POLICY.wait(3, &rejected(None), || 0.0), Some(Duration::ZERO));
        assert_eq!(POLICY.wait(3, &rejected(None), || 0.25), Some(Duration::from_millis(500)));
    }

    #[test]
    fn the_server_is_waited_for_as_long_as_it_asks_or_not_at_all() {
        let wait = |seconds| POLICY.wait(1, &rejected(Some(Duration::from_secs(seconds))), || 1.0);
        assert_eq!(wait(0), Some(Duration::ZERO));
        assert_eq!(wait(60), Some(Duration::from_secs(60)));
        assert_eq!(wait(61), None);
    }

    #[test]
    fn what_repeating_cannot_mend_is_not_repeated() {
        assert_eq!(POLICY.wait(1, &Error::config("no key"), || 1.0), None);
        let never = RetryPolicy { max_retries: 0, ..POLICY };
        assert_eq!(never.wait(1, &rejected(None), || 1.0), None);
    }

    #[test]
    fn no_attempt_number_overflows() {
        let policy = RetryPolicy { max_retries: u32::MAX, ..POLICY };
        for attempt in [32, 33, 64, u32::MAX] {
            assert_eq!(policy.wait(attempt, &rejected(None), || 1.0), Some(POLICY.longest_wait));
        }
    }
}
