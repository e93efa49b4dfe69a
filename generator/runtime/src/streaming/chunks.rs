//! The chunks of a response body.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, stream};
use http::header::CONTENT_TYPE;
use tokio::time;

use crate::error::{Error, decode};
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;

/// A response body, chunk by chunk. It ends after an error.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// Reads a response body. Each chunk must arrive within the timeout of an attempt, and all before the deadline.
pub(crate) fn read(context: &Context, response: reqwest::Response) -> Chunks {
    let limits =
        Limits { operation: context.operation.id, timeout: context.timeout, deadline: context.deadline.allowed() };
    Box::pin(stream::unfold(Some(response), move |response| async move {
        let mut response = response?;
        match limits.next(&mut response).await {
            Ok(Some(chunk)) => Some((Ok(chunk), Some(response))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    }))
}

/// Reads a response body that must have this media type. A response without a media type is read.
pub(crate) fn of_type(
    context: &Context,
    received: &Received,
    response: Option<reqwest::Response>,
    media_type: &str,
) -> Result<Chunks, Error> {
    let found = received.headers.get(CONTENT_TYPE).and_then(|found| found.to_str().ok()).unwrap_or(media_type);
    let essence = found.split(';').next().unwrap_or_default().trim();
    match response {
        Some(response) if essence.eq_ignore_ascii_case(media_type) => Ok(read(context, response)),
        _ => Err(decode::other_media_type(context.operation.id, media_type, received)),
    }
}

#[derive(Clone, Copy)]
struct Limits {
    operation: &'static str,
    timeout: Duration,
    deadline: Duration,
}

impl Limits {
    async fn next(&self, response: &mut reqwest::Response) -> Result<Option<Bytes>, Error> {
        let late = |after| Error::Timeout { operation: self.operation, after, sent: true };
        let chunk = time::timeout(self.timeout, response.chunk()).await.map_err(|_| late(self.timeout))?;
        chunk.map_err(|error| {
            if error.is_timeout() {
                return late(self.deadline);
            }
            // The URL's query may contain personal data.
            Error::Disconnected { operation: self.operation, source: error.without_url().into() }
        })
    }
}
