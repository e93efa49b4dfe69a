//! A stream of typed events, which continues after a lost connection.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use super::chunks::{self, Chunks};
use super::event_lines::{EventLines, RawEvent, TooLarge};
use super::resumption::Resumption;
use crate::api::Safety;
use crate::call::response::Response;
use crate::client::caller::AsyncCaller;
use crate::error::error_body::ErrorBody;
use crate::error::{Error, decode};
use crate::pipeline::context::Context;
use crate::pipeline::received::{Arrival, Received};
use crate::pipeline::{self, Run};

/// The data that ends a stream of JSON, by a convention of several APIs.
const DONE: &str = "[DONE]";

/// The events of a response: a stream, or an iterator with a blocking client.
///
/// - If the connection breaks or the response ends, a GET whose events have ids is sent again with `Last-Event-ID`, and
///   the stream continues after the last event. It ends when a response has no further events, with status 204, and
///   with the data `[DONE]`.
/// - Other calls are not sent again: a broken connection is an error, and the end of the response ends the stream.
/// - Data that does not have its type is [`Error::Decode`]; the next item is the next event. All other errors are the
///   last item.
/// - Each piece of the response must arrive within the timeout of an attempt, which should be longer than the pauses of
///   the server. The deadline of the call covers the whole stream.
pub struct Events<T, C> {
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "the caller blocks"))]
    pub(crate) caller: C,
    status: StatusCode,
    headers: HeaderMap,
    stream: Pin<Box<dyn Stream<Item = Result<Event<T>, Error>> + Send>>,
}

/// An event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The id of the event, or of the last event with an id.
    pub id: Option<String>,
    /// The name of the event.
    pub name: Option<String>,
    /// The data.
    pub data: T,
}

/// Reads the data of an event from the response with the event as its body.
pub(crate) type ReadData<T> = fn(&'static str, &Received) -> Result<T, Error>;

impl<T, C> Events<T, C> {
    /// The HTTP status of the first response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the first response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn poll_event(&mut self, cx: &mut TaskContext<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        self.stream.as_mut().poll_next(cx)
    }
}

impl<T: DeserializeOwned + Send + 'static, C> Events<T, C> {
    /// Reads the events of a response. Data is JSON unless `is_text` is set.
    pub(crate) fn read(response: Response, caller: C, read: ReadData<T>, is_text: bool) -> Result<Self, Error> {
        let Response { context, received, rest, .. } = response;
        let (status, headers) = (received.status, received.headers.clone());
        let chunks = chunks_of(&context, &received, rest)?;
        let reader = Reader {
            resumption: Resumption::new(context.safety == Safety::Safe),
            status,
            context,
            lines: EventLines::default(),
            chunks,
            ready: VecDeque::new(),
            read,
            is_text,
            data: PhantomData,
        };
        let stream = stream::unfold(Some(reader), |reader| async {
            let mut reader = reader?;
            match reader.next().await {
                Next::Event(event) => Some((Ok(event), Some(reader))),
                Next::Mismatch(error) => Some((Err(error), Some(reader))),
                Next::Failed(error) => Some((Err(error), None)),
                Next::Ended => None,
            }
        });
        Ok(Self { caller, status, headers, stream: Box::pin(stream) })
    }
}

/// Returns the chunks of a response with events; `None` if it has none.
fn chunks_of(context: &Context, received: &Received, rest: Option<reqwest::Response>) -> Result<Option<Chunks>, Error> {
    if received.status == StatusCode::NO_CONTENT {
        return Ok(None);
    }
    chunks::of_type(context, received, rest, "text/event-stream").map(Some)
}

struct Reader<T> {
    context: Box<Context>,
    status: StatusCode,
    lines: EventLines,
    chunks: Option<Chunks>,
    ready: VecDeque<RawEvent>,
    resumption: Resumption,
    read: ReadData<T>,
    is_text: bool,
    data: PhantomData<fn() -> T>,
}

enum Next<T> {
    Event(Event<T>),
    Mismatch(Error),
    Failed(Error),
    Ended,
}

impl<T> Reader<T> {
    async fn next(&mut self) -> Next<T> {
        loop {
            while let Some(event) = self.ready.pop_front() {
                if event.data == DONE && !self.is_text {
                    return Next::Ended;
                }
                if self.resumption.is_new(&event) {
                    return self.typed(event);
                }
            }
            let Some(chunks) = &mut self.chunks else { return Next::Ended };
            let ended = match chunks.next().await {
                Some(Ok(chunk)) => match self.split(&chunk) {
                    Ok(()) => continue,
                    Err(error) => return Next::Failed(error),
                },
                Some(Err(error)) => Some(error),
                None => None,
            };
            match self.resume(ended).await {
                Ok(()) => {}
                Err(None) => return Next::Ended,
                Err(Some(error)) => return Next::Failed(error),
            }
        }
    }

    fn split(&mut self, chunk: &Bytes) -> Result<(), Error> {
        let limit = self.context.shared().max_response_bytes;
        let Self { lines, ready, context, status, .. } = self;
        lines.read(chunk, limit, |event| ready.push_back(event)).map_err(|TooLarge| Error::ResponseTooLarge {
            operation: context.operation.id,
            status: *status,
            limit,
            body: ErrorBody::new(&Received::default()),
        })
    }

    fn typed(&self, event: RawEvent) -> Next<T> {
        let RawEvent { id, name, data, .. } = event;
        let received = Received { status: self.status, headers: HeaderMap::new(), body: data.into() };
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        match (self.read)(self.context.operation.id, &received) {
            Ok(data) => Next::Event(Event { id: filled(id), name: filled(name), data }),
            Err(error) => {
                self.context.span.mismatch(&error);
                Next::Mismatch(error)
            }
        }
    }

    /// Sends the request again after the end of a response, or after an error. `Err(None)` is the end of the stream.
    async fn resume(&mut self, error: Option<Error>) -> Result<(), Option<Error>> {
        let Some(id) = self.resumption.id().and_then(|id| HeaderValue::try_from(id).ok()) else { return Err(error) };
        let is_broken = error.is_some();
        let retry = &self.context.retry;
        let Some(number) = self.resumption.ended(is_broken, retry.max_retries) else { return Err(error) };
        let wait = self
            .lines
            .retry
            .map_or_else(|| retry.backoff(number, fastrand::f64), |wait| wait.min(retry.longest_retry_after));
        if Instant::now().checked_add(wait).is_none_or(|moment| self.context.deadline.forbids(moment)) {
            return Err(error);
        }
        sleep(wait).await;
        self.context.last_event_id = Some(id);
        self.lines = std::mem::take(&mut self.lines).reconnected();
        let Run { result, .. } = pipeline::run(&self.context).await;
        // After a complete response, a rejected request means that there are no further events.
        let Arrival { received, rest } = result.map_err(|error| Some(error).filter(|_| is_broken))?;
        self.chunks = chunks_of(&self.context, &received, rest)?;
        Ok(())
    }
}

/// Reads the data of an event as JSON.
pub(crate) fn json<T: DeserializeOwned>(operation: &'static str, received: &Received) -> Result<T, Error> {
    decode::body(operation, received)
}

/// Reads the data of an event as text.
#[allow(clippy::unnecessary_wraps, reason = "it is a `ReadData`")]
pub(crate) fn text(_: &'static str, received: &Received) -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&received.body).into_owned())
}

impl<T, C: AsyncCaller> Events<T, C> {
    /// Returns the next event; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        self.stream.next().await
    }
}

impl<T, C: AsyncCaller> Stream for Events<T, C> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

/// Prints no header: a value may be personal data.
impl<T, C> fmt::Debug for Events<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("status", &self.status).finish_non_exhaustive()
    }
}
