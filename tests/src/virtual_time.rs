//! Virtual time: the clock stands still during requests and skips every wait.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

use promotekit::middleware::{Attempt, Before, Middleware, Outcome};
use tokio::runtime::{Builder, Handle};
use tokio::time::Instant;

/// Runs a future on a virtual clock. Its clients must have the [`Standstill`] middleware.
pub fn run<F: Future>(future: F) -> F::Output {
    Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime").block_on(future)
}

/// Returns the caller's clock, for a server in another thread.
pub fn clock() -> impl Fn() -> std::time::Instant + Send + Sync + 'static {
    let handle = Handle::current();
    move || {
        let _runtime = handle.enter();
        Instant::now().into_std()
    }
}

/// Stops the clock during attempts: tokio's paused clock does not advance while a blocking task runs.
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

/// The times of attempts, on their client's clock.
#[derive(Clone, Default)]
pub struct Departures(Arc<Mutex<Vec<Instant>>>);

impl Departures {
    /// Returns the times so far, in order.
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
