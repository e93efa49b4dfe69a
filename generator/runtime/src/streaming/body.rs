//! A request body that is read while it is sent.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::Chunk;
use super::once::{BoxStream, Once};
use super::progress::Progress;
use super::upload::Upload;
use crate::error::BoxError;

/// The sources of a body, one after another.
pub(crate) struct Flow {
    sources: VecDeque<Source>,
    progress: Progress,
}

struct Source {
    content: Arc<Once>,
    /// The stream, once it is being read. The mutex is never locked: it makes the source `Sync`.
    stream: Mutex<Option<BoxStream>>,
    /// The number of bytes that must follow, if it is known.
    rest: Option<u64>,
}

impl Source {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let stream = self.stream.get_mut().unwrap_or_else(PoisonError::into_inner);
        if stream.is_none() {
            *stream = self.content.take();
        }
        match stream {
            Some(stream) => stream.as_mut().poll_next(cx),
            None => Poll::Ready(Some(Err("another request has sent the stream".into()))),
        }
    }
}

/// The error of a body that cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable(BoxError);

impl Flow {
    /// Opens all sources.
    pub(crate) async fn open(contents: &[Upload], progress: Progress) -> io::Result<Self> {
        let mut sources = VecDeque::new();
        for content in contents {
            let content = content.open().await?;
            sources.push_back(Source { stream: Mutex::new(None), rest: content.length, content });
        }
        Ok(Self { sources, progress })
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        while let Some(source) = self.sources.front_mut() {
            let chunk = ready!(source.poll_next(cx));
            let length = chunk.as_ref().and_then(|chunk| chunk.as_ref().ok()).map(|chunk| chunk.len() as u64);
            match (chunk, source.rest) {
                (Some(Err(error)), _) => return Poll::Ready(Some(Err(error))),
                (None, Some(1..)) => return Poll::Ready(Some(Err("the content is shorter than its length".into()))),
                (None, _) => drop(self.sources.pop_front()),
                (Some(_), Some(rest)) if length > Some(rest) => {
                    return Poll::Ready(Some(Err("the content is longer than its length".into())));
                }
                (Some(Ok(chunk)), rest) => {
                    source.rest = rest.map(|rest| rest - chunk.len() as u64);
                    return Poll::Ready(Some(Ok(chunk)));
                }
            }
        }
        Poll::Ready(None)
    }
}

impl Body for Flow {
    type Data = Bytes;
    type Error = Unreadable;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Unreadable>>> {
        let chunk = ready!(self.poll_chunk(cx));
        self.progress.advance();
        if !matches!(chunk, Some(Ok(_))) {
            self.sources.clear();
        }
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data).map_err(Unreadable)))
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.sources.iter().try_fold(0_u64, |sum, source| sum.checked_add(source.rest?));
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content cannot be read")
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// Whether a transport error comes from the content that was to be sent.
pub(crate) fn is_unreadable(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error>::is::<Unreadable>)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_length_of_several_contents() {
        let stream = |length| Upload::stream(futures_util::stream::empty::<Chunk>(), length);
        for (contents, expected) in [
            (vec![], Some(0)),
            (vec![Upload::new("ab"), stream(Some(3))], Some(5)),
            (vec![Upload::new("ab"), stream(None)], None),
            (vec![stream(Some(u64::MAX)), Upload::new("ab")], None),
        ] {
            let flow = Flow::open(&contents, Progress::begin()).await.unwrap();
            assert_eq!(flow.size_hint().exact(), expected, "{contents:?}");
        }
    }
}
