//! The rate limit, as the API documents it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How many requests any window of time may hold.
pub(crate) struct RequestLimit {
    requests: usize,
    window: Duration,
    admitted: VecDeque<Instant>,
}

impl RequestLimit {
    pub(crate) fn new(requests: usize, window: Duration) -> Self {
        Self { requests, window, admitted: VecDeque::new() }
    }

    /// Whether one more fits now; if so, it counts.
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
