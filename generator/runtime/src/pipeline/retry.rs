//! Decides whether a call is retried, and the wait before the retry.

use std::time::Duration;

use crate::error::Error;

/// The retry policy: the number of retries, and the waits before them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    /// The maximum number of retries after the first attempt.
    pub(crate) max_retries: u32,
    /// The maximum wait before the first retry; it doubles with each retry.
    pub(crate) first_wait: Duration,
    /// The maximum wait before any retry.
    pub(crate) longest_wait: Duration,
    /// The longest `Retry-After` that is honoured.
    pub(crate) longest_retry_after: Duration,
}

impl RetryPolicy {
    pub(crate) const DEFAULT: Self = Self {
        max_retries: 3,
        first_wait: Duration::from_millis(500),
        longest_wait: Duration::from_secs(8),
        longest_retry_after: Duration::from_secs(60),
    };

    /// Returns the wait after a failed attempt; `None` if the call is not retried.
    ///
    /// `Retry-After` is honoured in full. If it exceeds the maximum, the call is not retried: the server would reject
    /// an earlier attempt.
    pub(crate) fn wait(&self, attempt: u32, error: &Error, jitter: impl FnOnce() -> f64) -> Option<Duration> {
        if attempt > self.max_retries || !error.is_retryable() {
            return None;
        }
        match error.retry_after() {
            Some(asked) => (asked <= self.longest_retry_after).then_some(asked),
            None => Some(self.backoff(attempt, jitter)),
        }
    }

    /// Returns a wait after this attempt.
    pub(crate) fn backoff(&self, attempt: u32, jitter: impl FnOnce() -> f64) -> Duration {
        self.ceiling(attempt).mul_f64(jitter())
    }

    /// The maximum wait after this attempt. The actual wait is random between zero and this ("full jitter"), so that
    /// clients do not retry at the same moment after a common error.
    fn ceiling(&self, attempt: u32) -> Duration {
        let doubled = 1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(doubled).min(self.longest_wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::error_body::ErrorBody;
    use crate::pipeline::received::Received;

    const POLICY: RetryPolicy = RetryPolicy { max_retries: 6, ..RetryPolicy::DEFAULT };

    fn rate_limited(retry_after: Option<Duration>) -> Error {
        let body = ErrorBody::new(&Received::default());
        Error::RateLimited { operation: "get_thing", retry_after, message: String::new(), body }
    }

    #[test]
    fn waits_double_up_to_the_longest_and_jitter_spreads_them() {
        let longest: Vec<_> = (1..=7).map(|attempt| POLICY.wait(attempt, &rate_limited(None), || 1.0)).collect();
        let expected = [500, 1000, 2000, 4000, 8000, 8000].map(|wait| Some(Duration::from_millis(wait)));
        assert_eq!(longest[..6], expected);
        assert_eq!(longest[6], None);
        assert_eq!(POLICY.wait(3, &rate_limited(None), || 0.0), Some(Duration::ZERO));
        assert_eq!(POLICY.wait(3, &rate_limited(None), || 0.25), Some(Duration::from_millis(500)));
    }

    #[test]
    fn retry_after_is_honoured_in_full_or_ends_the_call() {
        let wait = |seconds| POLICY.wait(1, &rate_limited(Some(Duration::from_secs(seconds))), || 1.0);
        assert_eq!(wait(0), Some(Duration::ZERO));
        assert_eq!(wait(60), Some(Duration::from_secs(60)));
        assert_eq!(wait(61), None);
    }

    #[test]
    fn permanent_errors_are_not_retried() {
        assert_eq!(POLICY.wait(1, &Error::config("no key"), || 1.0), None);
        let never = RetryPolicy { max_retries: 0, ..POLICY };
        assert_eq!(never.wait(1, &rate_limited(None), || 1.0), None);
    }

    #[test]
    fn no_attempt_number_overflows() {
        let policy = RetryPolicy { max_retries: u32::MAX, ..POLICY };
        for attempt in [32, 33, 64, u32::MAX] {
            assert_eq!(policy.wait(attempt, &rate_limited(None), || 1.0), Some(POLICY.longest_wait));
        }
    }
}
