//! Calls that wait: the same request values, driven by a thread of the client's own.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

use http::Method;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::unconstrained;

use super::caller::{self, Caller};
use super::error::Error;
use super::paging::{List, Page, Pages, Rows};
use super::reply::Reply;
use super::request::{Request, WithReply};
use super::undocumented::Undocumented;

/// A client whose calls wait for their answers. Clones are cheap; they share connections, the rate limit and one thread.
///
/// It is for programs without an async runtime. Inside one, make calls where waiting is allowed, such as in
/// `spawn_blocking`: elsewhere they work, but hold up every task of the thread.
#[derive(Clone)]
pub struct Client {
    client: super::Client,
    worker: Arc<Worker>,
}

impl Client {
    /// Where calls go, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.client.base_url()
    }

    /// Calls an endpoint that the documentation does not know, given by its path below the base URL.
    ///
    /// It goes the way of every call: key, rate limit, retries where the method is safe to repeat, errors. What comes back
    /// is the whole body.
    pub fn request(&self, method: Method, path: impl Into<String>) -> Undocumented<Self> {
        Undocumented::new(self.clone(), method, path.into())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl caller::sealed::Sealed for Client {}

impl Caller for Client {
    fn client(&self) -> &super::Client {
        &self.client
    }

    fn around(client: super::Client) -> Result<Self, Error> {
        let worker = Worker::start().map_err(|error| Error::config(format!("no thread can be started: {error}")))?;
        Ok(Self { client, worker: Arc::new(worker) })
    }
}

impl<R: Request<Caller = Client>> WithReply<R> {
    /// Sends the request, and waits for the value and the answer that it came in.
    pub fn send(self) -> Result<Reply<R::Output>, Error> {
        send(self.0)
    }
}

impl<T: serde::de::DeserializeOwned + Send + 'static> Undocumented<Client, T> {
    /// Sends the request, and waits for the value.
    pub fn send(self) -> Result<T, Error> {
        send(self).map(|reply| reply.value)
    }
}

impl<L: List<Caller = Client>> Iterator for Pages<L> {
    type Item = Result<Page<L::Row>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller().clone().wait(poll_fn(|cx| self.poll_page(cx)))
    }
}

impl<L: List<Caller = Client>> Iterator for Rows<L> {
    type Item = Result<L::Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller().clone().wait(poll_fn(|cx| self.poll_row(cx)))
    }
}

/// Sends a request value, and waits.
pub(crate) fn send<R: Request<Caller = Client>>(request: R) -> Result<Reply<R::Output>, Error> {
    let client = request.caller().clone();
    client.wait(request.reply())
}

impl Client {
    /// Drives a future in this thread, while the client's own thread drives connections and timers.
    fn wait<F: Future>(&self, future: F) -> F::Output {
        let _runtime = self.worker.handle.enter();
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        // Inside a task, tokio would have a future that is polled often wait for the task's next turn: that never comes.
        let mut future = pin!(unconstrained(future));
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// A thread with a runtime. It ends when the last client that uses it is dropped.
struct Worker {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let thread =
            thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-blocking").to_owned()).spawn(move || {
                // Either way it is time to stop, and no look-up of a name that nobody waits for may hold that up.
                let _ = runtime.block_on(stopped);
                runtime.shutdown_background();
            })?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It ends without a value, and a panic in it has been reported already.
            let _ = thread.join();
        }
    }
}
