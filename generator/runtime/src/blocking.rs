//! Blocking calls: the same request values, driven by a background thread of the client.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::unconstrained;

use crate::call::reply::Reply;
use crate::call::request::{Request, WithReply};
use crate::call::undocumented::Undocumented;
use crate::client::caller::{BlockingCaller, Caller};
use crate::error::Error;
use crate::paging::{List, Page, Pages, Rows};
use crate::streaming::{Download, Downloading, Event, Events, Lines, Listen, Listening, Saving, Streaming};

/// A blocking client of any API. The client of a generated crate wraps it and adds a method for each resource.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Arc<Worker>,
}

impl Caller for Client {
    fn client(&self) -> &crate::Client {
        &self.client
    }

    fn around(client: crate::Client) -> Result<Self, Error> {
        let worker = Worker::start(client.shared().api.package.name)
            .map_err(|error| Error::config(format!("cannot start a thread: {error}")))?;
        Ok(Self { client, worker: Arc::new(worker) })
    }
}

impl<R: Request<Caller: BlockingCaller>> WithReply<R> {
    /// Sends the request and blocks until the response arrives.
    pub fn send(self) -> Result<Reply<R::Output>, Error> {
        send(self.0)
    }
}

impl<C: BlockingCaller, T: DeserializeOwned + Send + 'static> Undocumented<C, T> {
    /// Sends the request and blocks until the response arrives.
    pub fn send(self) -> Result<T, Error> {
        send(self).map(|reply| reply.value)
    }
}

impl<L: List<Caller: BlockingCaller>> Iterator for Pages<L> {
    type Item = Result<Page<L::Row>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller().clone().wait(poll_fn(|cx| self.poll_page(cx)))
    }
}

impl<L: List<Caller: BlockingCaller>> Iterator for Rows<L> {
    type Item = Result<L::Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller().clone().wait(poll_fn(|cx| self.poll_row(cx)))
    }
}

impl<R: Streaming<Caller: BlockingCaller>> Downloading<R> {
    /// Sends the request and blocks until the response begins.
    pub fn send(self) -> Result<Download<R::Caller>, Error> {
        let client = self.0.caller().clone();
        client.wait(self.begin())
    }
}

impl<R: Streaming<Caller: BlockingCaller>> Saving<R> {
    /// Sends the request and blocks until the file is complete.
    pub fn send(self) -> Result<u64, Error> {
        let client = self.caller().clone();
        client.wait(self.save())
    }
}

impl<C: BlockingCaller> Iterator for Download<C> {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller.clone().wait(poll_fn(|cx| self.poll_chunk(cx)))
    }
}

impl<C: BlockingCaller> io::Read for Download<C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.next() {
                Some(chunk) => self.rest = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.rest.len());
        buffer[..length].copy_from_slice(&self.rest.split_to(length));
        Ok(length)
    }
}

impl<R: Listen<Caller: BlockingCaller>> Listening<R> {
    /// Sends the request and blocks until the response begins.
    pub fn send(self) -> Result<R::Stream, Error> {
        let client = self.0.caller().clone();
        client.wait(self.begin())
    }
}

impl<T, C: BlockingCaller> Iterator for Events<T, C> {
    type Item = Result<Event<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller.clone().wait(poll_fn(|cx| self.poll_event(cx)))
    }
}

impl<T, C: BlockingCaller> Iterator for Lines<T, C> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.caller.clone().wait(poll_fn(|cx| self.poll_value(cx)))
    }
}

/// Sends a request value and blocks until the response arrives.
pub fn send<R: Request<Caller: BlockingCaller>>(request: R) -> Result<Reply<R::Output>, Error> {
    let client = request.caller().clone();
    client.wait(request.reply())
}

impl BlockingCaller for Client {
    /// Polls a future on this thread; the background thread drives connections and timers.
    fn wait<F: Future>(&self, future: F) -> F::Output {
        let _runtime = self.worker.handle.enter();
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        // Inside a task, tokio's cooperative budget would defer the future to the task's next turn, which never comes.
        let mut future = pin!(unconstrained(future));
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}

/// Wakes the waiting thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// A background thread with a runtime. It ends when the last client that uses it is dropped.
struct Worker {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    fn start(package: &str) -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name(format!("{package}-blocking")).spawn(move || {
            // A message and a dropped sender both mean stop. The shutdown must not wait for a pending DNS lookup.
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
            // A panic of the thread has already been reported.
            let _ = thread.join();
        }
    }
}
