//! A timeout that begins again with each piece of a body.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};

/// The moment when the transport last took a piece of a request body.
#[derive(Clone)]
pub(crate) struct Progress(Arc<Mutex<Instant>>);

impl Progress {
    pub(crate) fn begin() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(crate) fn advance(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a future; `None` if this time passes without progress.
    pub(crate) async fn limit<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        loop {
            let last = self.last();
            let Some(end) = last.checked_add(time) else { return timeout(Duration::MAX, future).await.ok() };
            match timeout_at(end, future.as_mut()).await {
                Ok(output) => return Some(output),
                Err(_) if self.last() == last => return None,
                Err(_) => {}
            }
        }
    }
}
