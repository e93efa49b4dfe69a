//! Waits that take no time: a clock that stands still while requests are under way, and jumps over every wait.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

use promotekit::middleware::{Attempt, Before, Middleware, Outcome};
use tokio::runtime::{Builder, Handle};
use tokio::time::Instant;

/// Runs a future to its end on such a clock. Its clients must have the [`Standstill`].
pub fn run<F: Future>(future: F) -> F::Output {
    Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime").block_on(future)
}

/// The time of the clock that the caller runs on, for a server in another thread.
pub fn clock() -> impl Fn() -> std::time::Instant + Send + Sync + 'static {
    let handle = Handle::current();
    move || {
        let _runtime = handle.enter();
        Instant::now().into_std()
    }
}

/// Stops the clock during attempts: it does not run while a blocking task does.
#[derive(Clone, Default)]
pub struct Standstill {
    under_way: Arc<Mutex<Vec<Sender<()>>>>,
}

impl Middleware for Standstill {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        let (over, wait) = channel::<()>();
        tokio::task::spawn_blocking(move || wait.recv());
        self.under_way.lock().expect("no panic elsewhere").push(over);
        Box::pin(std::future::ready(Ok(())))
    }

    fn after(&self, _: &Attempt, _: &Outcome<'_>) {
        self.under_way.lock().expect("no panic elsewhere").pop();
    }
}

/// When attempts left, on the clock of their client.
#[derive(Clone, Default)]
pub struct Departures(Arc<Mutex<Vec<Instant>>>);

impl Departures {
    /// All of them so far, in order.
    pub fn all(&self) -> Vec<Instant> {
        self.0.lock().expect("no panic elsewhere").clone()
    }
}

impl Middleware for Departures {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        self.0.lock().expect("no panic elsewhere").push(Instant::now());
        Box::pin(std::future::ready(Ok(())))
    }
}
