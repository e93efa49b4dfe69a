//! A body sent in pieces, with pauses, possibly cut off.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

pub(crate) struct Pieces {
    left: VecDeque<Bytes>,
    /// The announced length.
    length: u64,
    pause: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    breaks_off: bool,
}

impl Pieces {
    /// Sends the whole body at once.
    pub(crate) fn whole(body: Bytes) -> Self {
        let length = body.len() as u64;
        let pieces = if body.is_empty() { VecDeque::new() } else { VecDeque::from([body]) };
        Self { left: pieces, length, pause: Duration::ZERO, waiting: None, breaks_off: false }
    }

    /// Sends half of the body; then the connection breaks.
    pub(crate) fn half(body: &Bytes) -> Self {
        Self { length: body.len() as u64, breaks_off: true, ..Self::whole(body.slice(..body.len() / 2)) }
    }

    /// Sends eight pieces, with a pause before each.
    pub(crate) fn slow(body: &Bytes, pause: Duration) -> Self {
        let size = body.len().div_ceil(8).max(1);
        let pieces = (0..body.len()).step_by(size).map(|start| body.slice(start..(start + size).min(body.len())));
        Self { left: pieces.collect(), pause, ..Self::whole(body.clone()) }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.left.is_empty() {
            let broken = self.breaks_off.then(|| Err(std::io::ErrorKind::ConnectionAborted.into()));
            return Poll::Ready(broken);
        }
        if !self.pause.is_zero() {
            let pause = self.pause;
            let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(pause)));
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.waiting = None;
        }
        Poll::Ready(self.left.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(if self.breaks_off {
            self.length
        } else {
            self.left.iter().map(|piece| piece.len() as u64).sum()
        })
    }
}
