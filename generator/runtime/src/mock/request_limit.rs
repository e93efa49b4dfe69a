//! The documented rate limit.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The maximum number of requests in any window.
pub(crate) struct RequestLimit {
    requests: usize,
    window: Duration,
    admitted: VecDeque<Instant>,
}

impl RequestLimit {
    pub(crate) fn new(requests: usize, window: Duration) -> Self {
        Self { requests, window, admitted: VecDeque::new() }
    }

    /// Counts a request if the limit permits it; returns whether it does.
    pub(crate) fn admit(&mut self, now: Instant) -> bool {
        while self.admitted.front().is_some_and(|first| now.duration_since(*first) >= self.window) {
            self.admitted.pop_front();
        }
        let fits = self.admitted.len() < self.requests;
        if fits {
            self.admitted.push_back(now);
        }
        fits
    }
}
