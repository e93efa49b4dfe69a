//! Client-side rate limiting: requests are sent in order, and no faster than the API accepts them.

mod window;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::api::RateLimit;
use crate::pipeline::deadline::Deadline;
pub(crate) use window::Permit;
use window::Window;

/// The pause after a 429 response without `Retry-After`.
const PAUSE: Duration = Duration::from_secs(1);

/// Issues permits for requests. Clones of a client share one limiter.
pub(crate) struct Limiter {
    /// The task that holds this lock is the next one to get a permit.
    turn: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    window: Mutex<Window>,
}

/// No permit becomes available before the deadline.
pub(crate) struct DeadlineExceeded;

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            turn: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            window: Mutex::new(Window::new(limit)),
        }
    }

    /// Waits in a queue for a permit. Dropping the future leaves the queue.
    pub(crate) async fn acquire(&self, deadline: Deadline) -> Result<Permit, DeadlineExceeded> {
        deadline.limit(self.wait_in_line(deadline)).await.unwrap_or(Err(DeadlineExceeded))
    }

    async fn wait_in_line(&self, deadline: Deadline) -> Result<Permit, DeadlineExceeded> {
        let _waiting = Waiting::join(&self.waiting);
        let _turn = self.turn.lock().await;
        loop {
            let earliest = match self.window().acquire(Instant::now()) {
                Ok(permit) => return Ok(permit),
                Err(earliest) => earliest,
            };
            if deadline.forbids(earliest) {
                return Err(DeadlineExceeded);
            }
            sleep_until(earliest).await;
        }
    }

    /// Returns a permit at once, if nobody is waiting. This is the common case, and no task has to wake another.
    pub(crate) fn try_acquire(&self) -> Option<Permit> {
        let mut window = self.window();
        if self.waiting.load(Ordering::Acquire) > 0 { None } else { window.acquire(Instant::now()).ok() }
    }

    /// Records a response: the server must have counted the request by now.
    pub(crate) fn completed(&self, permit: Permit) {
        self.window().completed(permit, Instant::now());
    }

    /// Returns the permit of a request that was never sent.
    pub(crate) fn cancelled(&self, permit: Permit) {
        self.window().cancelled(permit);
    }

    /// Records a 429 response: another program uses the same quota.
    pub(crate) fn rejected(&self, permit: Permit, retry_after: Option<Duration>) {
        self.window().rejected(permit, Instant::now(), retry_after.unwrap_or(PAUSE));
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a waiting task until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::AcqRel);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn no_deadline() -> Deadline {
        Deadline::after(None, Instant::now())
    }

    #[tokio::test(start_paused = true)]
    async fn permits_go_to_waiting_tasks_first() {
        let limiter = Limiter::new(RateLimit::new(1, MINUTE));
        let permit = limiter.try_acquire().expect("the first permit");
        assert!(limiter.try_acquire().is_none());
        let mut waiting = Box::pin(limiter.acquire(no_deadline()));
        assert!(waiting.as_mut().now_or_never().is_none());
        limiter.cancelled(permit);
        assert!(limiter.try_acquire().is_none(), "a task waits");
        drop(waiting);
        assert!(limiter.try_acquire().is_some(), "nobody waits");
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiting_task_gets_its_permit_when_one_expires() {
        let limiter = Limiter::new(RateLimit::new(1, MINUTE));
        let begun = Instant::now();
        let permit = limiter.try_acquire().expect("the first permit");
        limiter.completed(permit);
        assert!(limiter.acquire(no_deadline()).await.is_ok());
        assert_eq!(begun.elapsed(), MINUTE);
        let late = limiter.acquire(Deadline::after(Some(MINUTE / 2), Instant::now())).await;
        assert!(late.is_err());
        assert_eq!(begun.elapsed(), MINUTE, "a permit after the deadline is not awaited");
    }

    #[tokio::test(start_paused = true)]
    async fn a_rejection_pauses_all() {
        let limiter = Limiter::new(RateLimit::new(600, MINUTE));
        for (retry_after, pause) in [(Some(Duration::from_secs(7)), Duration::from_secs(7)), (None, PAUSE)] {
            let permit = limiter.acquire(no_deadline()).await.ok().expect("a permit");
            limiter.rejected(permit, retry_after);
            let begun = Instant::now();
            assert!(limiter.acquire(no_deadline()).await.is_ok());
            assert!(begun.elapsed() >= pause && begun.elapsed() < pause * 2, "{:?}", begun.elapsed());
        }
    }
}
