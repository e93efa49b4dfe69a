//! A stream of JSON values, one per line.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::chunks::{self, Chunks};
use crate::call::response::Response;
use crate::client::caller::AsyncCaller;
use crate::error::error_body::ErrorBody;
use crate::error::{Error, decode};
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;

/// The values of a response with a JSON value in each line: a stream, or an iterator with a blocking client.
///
/// - A line that does not have its type is [`Error::Decode`]; the next item is the next line. All other errors are the
///   last item. A response that ends early is an error, [`Error::Disconnected`].
/// - Each piece of the response must arrive within the timeout of an attempt. The deadline of the call covers the whole
///   response.
pub struct Lines<T, C> {
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "the caller blocks"))]
    pub(crate) caller: C,
    status: StatusCode,
    headers: HeaderMap,
    values: Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>,
}

impl<T, C> Lines<T, C> {
    /// The HTTP status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn poll_value(&mut self, cx: &mut TaskContext<'_>) -> Poll<Option<Result<T, Error>>> {
        self.values.as_mut().poll_next(cx)
    }
}

impl<T: DeserializeOwned + Send + 'static, C> Lines<T, C> {
    /// Reads the lines of a response.
    pub(crate) fn read(response: Response, caller: C) -> Self {
        let Response { context, received, rest, .. } = response;
        let (status, headers) = (received.status, received.headers);
        let chunks = rest.map(|rest| chunks::read(&context, rest));
        let reader = Reader { context, status, chunks, line: Vec::new(), ready: VecDeque::new() };
        let values = stream::unfold(reader, |mut reader| async {
            let value = reader.next().await?;
            Some((value, reader))
        });
        Self { caller, status, headers, values: Box::pin(values) }
    }
}

struct Reader {
    context: Box<Context>,
    status: StatusCode,
    /// `None` after the end.
    chunks: Option<Chunks>,
    /// The beginning of the next line.
    line: Vec<u8>,
    ready: VecDeque<Vec<u8>>,
}

impl Reader {
    async fn next<T: DeserializeOwned>(&mut self) -> Option<Result<T, Error>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Some(self.typed(line));
            }
            let failed = match self.chunks.as_mut()?.next().await {
                Some(Ok(chunk)) => self.split(&chunk).err(),
                Some(Err(error)) => Some(error),
                None => {
                    self.chunks = None;
                    self.end_line();
                    // The last line may have no end.
                    return self.ready.pop_front().map(|line| self.typed(line));
                }
            };
            if let Some(error) = failed {
                self.chunks = None;
                return Some(Err(error));
            }
        }
    }

    fn split(&mut self, chunk: &Bytes) -> Result<(), Error> {
        let limit = self.context.shared().max_response_bytes;
        for (index, part) in chunk.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                self.end_line();
            }
            if self.line.len() + part.len() > limit {
                let (operation, body) = (self.context.operation.id, ErrorBody::new(&Received::default()));
                return Err(Error::ResponseTooLarge { operation, status: self.status, limit, body });
            }
            self.line.extend_from_slice(part);
        }
        Ok(())
    }

    /// Ends a line. Blank lines are ignored, and so is the separator of JSON text sequences (RFC 7464).
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.strip_prefix(b"\x1e").unwrap_or(&line).trim_ascii();
        if !text.is_empty() {
            self.ready.push_back(text.to_vec());
        }
    }

    fn typed<T: DeserializeOwned>(&self, line: Vec<u8>) -> Result<T, Error> {
        let received = Received { status: self.status, headers: HeaderMap::new(), body: line.into() };
        let value = decode::body(self.context.operation.id, &received);
        if let Err(error) = &value {
            self.context.span.mismatch(error);
        }
        value
    }
}

impl<T, C: AsyncCaller> Lines<T, C> {
    /// Returns the next value; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.values.next().await
    }
}

impl<T, C: AsyncCaller> Stream for Lines<T, C> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.poll_value(cx)
    }
}

/// Prints no header: a value may be personal data.
impl<T, C> fmt::Debug for Lines<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("status", &self.status).finish_non_exhaustive()
    }
}
