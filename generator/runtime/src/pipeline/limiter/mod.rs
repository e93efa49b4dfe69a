//! The rate limit, kept on our side: requests leave in the order of asking, and no sooner than the API takes them.

mod window;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::api::RateLimit;
use crate::pipeline::deadline::Deadline;
pub(crate) use window::Permit;
use window::Window;

/// How long nothing leaves after a rejection that does not say how long to wait.
const PAUSE: Duration = Duration::from_secs(1);

/// Lets requests leave. Clones of a client share one.
pub(crate) struct Limiter {
    /// Whoever holds it is the next to leave of those who wait.
    turn: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    window: Mutex<Window>,
}

/// There is no permit before the deadline.
pub(crate) struct Late;

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            turn: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            window: Mutex::new(Window::new(limit)),
        }
    }

    /// Waits for a permit. Dropping the future gives the turn back.
    pub(crate) async fn admit(&self, deadline: Deadline) -> Result<Permit, Late> {
        deadline.limit(self.enter(deadline)).await.unwrap_or(Err(Late))
    }

    async fn enter(&self, deadline: Deadline) -> Result<Permit, Late> {
        if let Some(permit) = self.pass() {
            return Ok(permit);
        }
        let _waiting = Waiting::join(&self.waiting);
        let _turn = self.turn.lock().await;
        loop {
            let earliest = match self.window().enter(Instant::now()) {
                Ok(permit) => return Ok(permit),
                Err(earliest) => earliest,
            };
            if deadline.forbids(earliest) {
                return Err(Late);
            }
            sleep_until(earliest).await;
        }
    }

    /// A permit for somebody who meets nobody waiting: the usual case, in which no task has to wake another.
    fn pass(&self) -> Option<Permit> {
        let mut window = self.window();
        if self.waiting.load(Ordering::Acquire) > 0 { None } else { window.enter(Instant::now()).ok() }
    }

    /// A response has arrived, so the server has counted the request by now.
    pub(crate) fn responded(&self, permit: Permit) {
        self.window().responded(permit, Instant::now());
    }

    /// The request has not left after all.
    pub(crate) fn withdrawn(&self, permit: Permit) {
        self.window().withdrawn(permit);
    }

    /// The API has rejected a request as one too many: somebody else uses the same allowance.
    pub(crate) fn rejected(&self, permit: Permit, retry_after: Option<Duration>) {
        self.window().rejected(permit, Instant::now(), retry_after.unwrap_or(PAUSE));
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of those who wait, until dropped.
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
