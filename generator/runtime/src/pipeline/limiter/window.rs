//! A sliding window: how many requests may be under way or remembered by the server at any moment.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::api::RateLimit;

/// The share of the window that is kept free for the way to the server, as a divisor.
///
/// Nobody knows when the server counts a request: after it has left and before its response is there. So a permit stays
/// taken for a window's time after the response; but at most for this much longer than after leaving, so that a slow
/// server does not slow us down further.
const SLACK: u32 = 40;

/// The permits of one window.
pub(crate) struct Window {
    limit: RateLimit,
    /// When each permit is free again, with a number that tells permits apart.
    taken: BTreeSet<(Instant, u64)>,
    entered: u64,
    closed_until: Option<Instant>,
    slowed: Option<Slowed>,
}

/// A permit that a request has taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permit {
    number: u64,
    left: Instant,
    free: Instant,
}

/// A smaller allowance, which grows back over a window's time.
struct Slowed {
    since: Instant,
    requests: u32,
}

impl Window {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, taken: BTreeSet::new(), entered: 0, closed_until: None, slowed: None }
    }

    /// Takes a permit, or says when to ask again.
    pub(crate) fn enter(&mut self, now: Instant) -> Result<Permit, Instant> {
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            return Err(until);
        }
        while self.taken.first().is_some_and(|(free, _)| *free <= now) {
            self.taken.pop_first();
        }
        if self.taken.len() < self.allowance(now) {
            let permit = Permit { number: self.entered, left: now, free: now + self.limit.window + self.slack() };
            self.entered += 1;
            self.taken.insert((permit.free, permit.number));
            return Ok(permit);
        }
        // The allowance of a slowed window grows by one in this time.
        let growth = self.slowed.is_some().then(|| now + self.limit.window / self.limit.requests);
        let first = self.taken.first().map(|(free, _)| *free);
        Err(first.into_iter().chain(growth).min().unwrap_or(now + self.limit.window))
    }

    /// The server has counted a request by now.
    pub(crate) fn responded(&mut self, permit: Permit, now: Instant) {
        let free = (now + self.limit.window).min(permit.free);
        if self.taken.remove(&(permit.free, permit.number)) {
            self.taken.insert((free, permit.number));
        }
    }

    /// The request of this permit has not left: the permit is free at once.
    pub(crate) fn withdrawn(&mut self, permit: Permit) {
        self.taken.remove(&(permit.free, permit.number));
    }

    /// The server has rejected a request: nothing leaves for a while, and then half as much as before.
    pub(crate) fn rejected(&mut self, permit: Permit, now: Instant, pause: Duration) {
        // After a window's time the server remembers nothing of what has left.
        self.closed_until = self.closed_until.max(Some(now + pause.min(self.limit.window)));
        // Requests that left before the last rejection was known say nothing new.
        if self.slowed.as_ref().is_none_or(|slowed| permit.left >= slowed.since) {
            let requests = u32::try_from(self.taken.len() / 2).unwrap_or(u32::MAX).max(1);
            self.slowed = Some(Slowed { since: now, requests });
        }
    }

    /// How many permits there are now.
    fn allowance(&mut self, now: Instant) -> usize {
        let full = self.limit.requests;
        let Some(slowed) = &self.slowed else { return full as usize };
        let share = now.duration_since(slowed.since).as_secs_f64() / self.limit.window.as_secs_f64();
        let regrown = (f64::from(full) * share).min(f64::from(full));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a u32")]
        let allowance = slowed.requests.saturating_add(regrown as u32);
        if allowance >= full {
            self.slowed = None;
        }
        allowance.min(full) as usize
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
        (0..count).map(|_| window.enter(now).unwrap_or_else(|_| panic!("no place"))).collect()
    }

    #[test]
    fn a_job_that_fits_is_not_slowed() {
        let (mut window, start) = window();
        fill(&mut window, start, 200);
        assert_eq!(window.enter(start).unwrap_err(), start + MINUTE + MINUTE / SLACK);
    }

    #[test]
    fn a_place_is_free_a_window_after_the_answer() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        let response = start + Duration::from_millis(300);
        window.responded(permits[7], response);
        assert_eq!(window.enter(start + MINUTE).unwrap_err(), response + MINUTE);
        assert!(window.enter(response + MINUTE).is_ok());
        assert!(window.enter(response + MINUTE).is_err());
    }

    #[test]
    fn a_slow_answer_holds_a_place_no_longer_than_the_slack() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        window.responded(permits[0], start + MINUTE / 2);
        assert!(window.enter(start + MINUTE + MINUTE / SLACK).is_ok());
    }

    #[test]
    fn the_place_of_what_has_not_left_is_free_at_once() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 200);
        window.withdrawn(permits[3]);
        assert!(window.enter(start).is_ok());
        assert!(window.enter(start).is_err());
    }

    #[test]
    fn nothing_leaves_while_the_api_asks_to_wait() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 2);
        window.rejected(permits[1], start, Duration::from_secs(7));
        window.rejected(permits[0], start, Duration::from_secs(3));
        assert_eq!(window.enter(start).unwrap_err(), start + Duration::from_secs(7));
        assert!(window.enter(start + Duration::from_secs(7)).is_ok());
    }

    #[test]
    fn a_refusal_halves_the_allowance_which_grows_back_over_a_window() {
        let (mut window, start) = window();
        let permits = fill(&mut window, start, 100);
        for permit in &permits[..10] {
            window.rejected(*permit, start, Duration::ZERO);
        }
        let later = start + MINUTE + MINUTE / SLACK;
        assert_eq!((window.allowance(start), window.allowance(start + MINUTE / 4)), (50, 100));
        assert!(window.enter(start).is_err());
        assert_eq!(window.allowance(later), 200);
        let again = fill(&mut window, later, 100);
        window.rejected(again[0], later, Duration::ZERO);
        assert_eq!(window.allowance(later), 50);
    }

    #[test]
    fn what_is_slowed_asks_again_as_the_allowance_grows() {
        let (mut window, start) = window();
        let permit = fill(&mut window, start, 4)[3];
        window.rejected(permit, start, Duration::ZERO);
        let mut now = start;
        for _ in 0..20 {
            match window.enter(now) {
                Ok(_) => return,
                Err(earliest) => {
                    assert!(earliest > now && earliest <= now + MINUTE / 200);
                    now = earliest;
                }
            }
        }
        panic!("the allowance has not grown");
    }
}
