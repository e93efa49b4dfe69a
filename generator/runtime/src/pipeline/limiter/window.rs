//! A sliding window of requests that the server may still count, and the time of the next permit.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::api::RateLimit;

/// The share of the window reserved for the way to the server, as a divisor.
///
/// A server counts a request between its departure and its response. So a permit expires one window after the response,
/// and at the latest one window plus this slack after the departure. The upper bound keeps a slow server from slowing
/// the client down further.
const SLACK: u32 = 40;

/// The permits of one rate limit.
pub(crate) struct Window {
    limit: RateLimit,
    /// The expiry of each active permit, with the permit's number.
    active: BTreeSet<(Instant, u64)>,
    issued: u64,
    paused_until: Option<Instant>,
    throttled: Option<Throttled>,
}

/// The right to send one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permit {
    number: u64,
    issued: Instant,
    expires: Instant,
}

/// A reduced capacity, which recovers over one window.
struct Throttled {
    since: Instant,
    requests: u32,
}

impl Window {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, active: BTreeSet::new(), issued: 0, paused_until: None, throttled: None }
    }

    /// Issues a permit, or returns the earliest time for the next attempt.
    pub(crate) fn acquire(&mut self, now: Instant) -> Result<Permit, Instant> {
        if let Some(until) = self.paused_until.filter(|until| *until > now) {
            return Err(until);
        }
        while self.active.first().is_some_and(|(expires, _)| *expires <= now) {
            self.active.pop_first();
        }
        if self.active.len() < self.capacity(now) {
            let permit = Permit { number: self.issued, issued: now, expires: now + self.limit.window + self.slack() };
            self.issued += 1;
            self.active.insert((permit.expires, permit.number));
            return Ok(permit);
        }
        // A throttled window gains one permit in this time.
        let growth = self.throttled.is_some().then(|| now + self.limit.window / self.limit.requests);
        let first = self.active.first().map(|(expires, _)| *expires);
        Err(first.into_iter().chain(growth).min().unwrap_or(now + self.limit.window))
    }

    /// Shortens the permit: the server must have counted the request by now.
    pub(crate) fn completed(&mut self, permit: Permit, now: Instant) {
        let expires = (now + self.limit.window).min(permit.expires);
        if self.active.remove(&(permit.expires, permit.number)) {
            self.active.insert((expires, permit.number));
        }
    }

    /// Frees the permit of a request that was never sent.
    pub(crate) fn cancelled(&mut self, permit: Permit) {
        self.active.remove(&(permit.expires, permit.number));
    }

    /// Pauses all requests and halves the capacity, because the server rejected a request.
    pub(crate) fn rejected(&mut self, permit: Permit, now: Instant, pause: Duration) {
        // After one window, the server no longer counts any earlier request.
        self.paused_until = self.paused_until.max(Some(now + pause.min(self.limit.window)));
        // Requests sent before the last rejection was known add no information.
        if self.throttled.as_ref().is_none_or(|throttled| permit.issued >= throttled.since) {
            let requests = u32::try_from(self.active.len() / 2).unwrap_or(u32::MAX).max(1);
            self.throttled = Some(Throttled { since: now, requests });
        }
    }

    /// The maximum number of active permits now.
    fn capacity(&mut self, now: Instant) -> usize {
        let full = self.limit.requests;
        let Some(throttled) = &self.throttled else { return full as usize };
        let share = now.duration_since(throttled.since).as_secs_f64() / self.limit.window.as_secs_f64();
        let recovered = (f64::from(full) * share).min(f64::from(full));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a u32")]
        let capacity = throttled.requests.saturating_add(recovered as u32);
        if capacity >= full {
            self.throttled = None;
        }
        capacity.min(full) as usize
    }

    fn slack(&self) -> Duration {
        self.limit.window / SLACK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn window() -> (Window, Instant) {
        (Window::new(RateLimit::new(200, MINUTE)), Instant::now())
    }

    fn fill(window: &mut Window, now: Instant, count: usize) -> Vec<Permit> {
        (0..count).map(|_| window.acquire(now).unwrap_or_else(|_| panic!("no permit"))).collect()
    }

    #[test]
    fn a_job_that_fits_is_not_delayed() {
        let (mut window, start) = window();
        fill(&mut window, start, 200);
        assert_eq!(window.acquire(start).unwrap_err(), start + MINUTE + MINUTE / SLACK);
    }

    #[test]
    fn a_permit_expires_one_window_after_the_response() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        let response = start + Duration::from_millis(300);
        window.completed(permits[7], response);
        assert_eq!(window.acquire(start + MINUTE).unwrap_err(), response + MINUTE);
        assert!(window.acquire(response + MINUTE).is_ok());
        assert!(window.acquire(response + MINUTE).is_err());
    }

    #[test]
    fn a_slow_response_delays_expiry_by_the_slack_at_most() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        window.completed(permits[0], start + MINUTE / 2);
        assert!(window.acquire(start + MINUTE + MINUTE / SLACK).is_ok());
    }

    #[test]
    fn a_cancelled_permit_is_available_at_once() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        window.cancelled(permits[3]);
        assert!(window.acquire(start).is_ok());
        assert!(window.acquire(start).is_err());
    }

    #[test]
    fn nothing_leaves_while_the_api_asks_to_wait() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 2);
        window.rejected(permits[1], start, Duration::from_secs(7));
        window.rejected(permits[0], start, Duration::from_secs(3));
        assert_eq!(window.acquire(start).unwrap_err(), start + Duration::from_secs(7));
        assert!(window.acquire(start + Duration::from_secs(7)).is_ok());
    }

    #[test]
    fn a_rejection_halves_the_capacity_which_recovers_over_one_window() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 100);
        for permit in &permits[..10] {
            window.rejected(*permit, start, Duration::ZERO);
        }
        let later = start + MINUTE + MINUTE / SLACK;
        assert_eq!((window.capacity(start), window.capacity(start + MINUTE / 4)), (50, 100));
        assert!(window.acquire(start).is_err());
        assert_eq!(window.capacity(later), 200);
        let again = fill(&mut window, later, 100);
        window.rejected(again[0], later, Duration::ZERO);
        assert_eq!(window.capacity(later), 50);
    }

    #[test]
    fn a_throttled_window_is_asked_again_as_it_recovers() {
        let (mut window, start) = window();
        let permit = fill(&mut window, start, 4)[3];
        window.rejected(permit, start, Duration::ZERO);
        let mut now = start;
        for _ in 0..20 {
            match window.acquire(now) {
                Ok(_) => return,
                Err(earliest) => {
                    assert!(earliest > now && earliest <= now + MINUTE / 200);
                    now = earliest;
                }
            }
        }
        panic!("the capacity has not grown");
    }

    #[test]
    fn requests_sent_before_a_rejection_do_not_halve_the_capacity_again() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 100);
        let known = start + MINUTE / 4;
        window.rejected(permits[0], known, Duration::ZERO);
        assert_eq!(window.capacity(known), 50);
        window.rejected(permits[1], known + MINUTE / 4, Duration::ZERO);
        assert_eq!(window.capacity(known + MINUTE / 4), 100, "it recovers since the first rejection");
        let later = start + MINUTE + MINUTE / SLACK;
        let permit = fill(&mut window, later, 10)[0];
        window.rejected(permit, later, Duration::ZERO);
        assert_eq!(window.capacity(later), 5);
    }

    #[test]
    fn without_active_permits_the_next_attempt_is_one_window_later() {
        let mut window = Window::new(RateLimit::new(0, MINUTE));
        let now = Instant::now();
        assert_eq!(window.acquire(now).unwrap_err(), now + MINUTE);
    }
}
