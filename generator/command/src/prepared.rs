//! A prepared call of any operation.

use std::pin::Pin;

use clientsmith_runtime::{AsyncCaller, Error, Reply};
use clientsmith_runtime::{Downloading, Events, Lines, Pending, Request, Streaming};
use futures_util::{Stream, TryStreamExt, stream};
use serde::Serialize;

use crate::listing::{Listing, PageList, listing};

/// The output of a stream, piece by piece.
pub(crate) type Pieces = Pin<Box<dyn Stream<Item = Result<Vec<u8>, Error>> + Send>>;

/// A call that has not been sent.
pub struct Prepared {
    /// Sends the call. The value is in the body of the reply.
    pub(crate) send: Pending<Result<Reply<()>, Error>>,
    /// All pages of the list, if the call reads one.
    pub(crate) pages: Option<Box<dyn Listing>>,
    /// The response piece by piece, if it is a stream; then `send` is not used.
    pub(crate) pieces: Option<Pieces>,
}

impl Prepared {
    /// Prepares a call that returns one value.
    pub fn one<R: Request<Caller: AsyncCaller>>(request: R) -> Self {
        Self { send: Box::pin(async { request.reply().await.map(|reply| reply.map(drop)) }), pages: None, pieces: None }
    }

    /// Prepares a call that returns a page of a list.
    pub fn list<L: PageList>(list: L) -> Self {
        let pages = listing(list.clone());
        Self { pages: Some(pages), ..Self::one(list) }
    }

    /// Prepares a call that returns the content of a file.
    pub fn download<R: Streaming<Caller: AsyncCaller> + Clone>(request: R) -> Self {
        let chunks = items(Downloading(request.clone()).into_future());
        Self { pieces: Some(Box::pin(chunks.map_ok(Into::into))), ..Self::one(request) }
    }

    /// Prepares a call that returns a stream of events.
    pub fn events<R, T, C>(request: R) -> Self
    where
        R: Request<Output = Events<T, C>, Caller: AsyncCaller> + Clone,
        T: Serialize + Send + 'static,
        C: AsyncCaller,
    {
        let events = items(value(request.clone()));
        Self { pieces: Some(Box::pin(events.map_ok(|event| line(&event.data)))), ..Self::one(request) }
    }

    /// Prepares a call that returns a stream of lines.
    pub fn lines<R, T, C>(request: R) -> Self
    where
        R: Request<Output = Lines<T, C>, Caller: AsyncCaller> + Clone,
        T: Serialize + Send + 'static,
        C: AsyncCaller,
    {
        let lines = items(value(request.clone()));
        Self { pieces: Some(Box::pin(lines.map_ok(|value| line(&value)))), ..Self::one(request) }
    }
}

async fn value<R: Request<Caller: AsyncCaller>>(request: R) -> Result<R::Output, Error> {
    request.reply().await.map(|reply| reply.value)
}

/// Returns the items of a stream that a call returns.
fn items<S, T>(call: impl Future<Output = Result<S, Error>> + Send) -> impl Stream<Item = Result<T, Error>> + Send
where
    S: Stream<Item = Result<T, Error>> + Send,
{
    stream::once(call).try_flatten()
}

/// Returns a value as a line of JSON.
fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}
