//! Reads a blocking reader as a stream.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::Chunk;

/// The maximum number of bytes to read at once.
const CHUNK: usize = 64 * 1024;

/// The chunks of a reader. The runtime's threads for blocking work read them.
pub(super) struct ReadChunks<R> {
    state: State<R>,
}

enum State<R> {
    Idle(R),
    Reading(JoinHandle<(R, io::Result<Vec<u8>>)>),
    Ended,
}

impl<R: Read + Send + 'static> ReadChunks<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { state: State::Idle(reader) }
    }
}

/// It holds no self-reference.
impl<R> Unpin for ReadChunks<R> {}

impl<R: Read + Send + 'static> Stream for ReadChunks<R> {
    type Item = Chunk;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Idle(reader) => self.state = State::Reading(spawn_blocking(|| read(reader))),
                State::Reading(mut task) => {
                    let Poll::Ready(done) = Pin::new(&mut task).poll(cx) else {
                        self.state = State::Reading(task);
                        return Poll::Pending;
                    };
                    let (reader, chunk) = done?;
                    let chunk = chunk?;
                    if chunk.is_empty() {
                        return Poll::Ready(None);
                    }
                    self.state = State::Idle(reader);
                    return Poll::Ready(Some(Ok(Bytes::from(chunk))));
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

/// Reads a chunk; an empty one is the end.
fn read<R: Read>(mut reader: R) -> (R, io::Result<Vec<u8>>) {
    let mut chunk = Vec::new();
    let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk);
    (reader, read.map(|_| chunk))
}
