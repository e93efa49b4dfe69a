//! Detects whether a request has been sent, which decides whether a failed attempt may have had an effect.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Records whether a connection has taken a request.
///
/// A connection polls the body of a request, even an empty one, when it starts to write the request. Until then, the
/// client looks for a connection or opens one, and no byte of the request has been sent. From then on, only the server
/// knows how much has arrived.
pub(crate) struct Departure(Arc<AtomicBool>);

impl Departure {
    /// Watches a request from now on.
    pub(crate) fn watch(request: &mut reqwest::Request) -> Self {
        let taken = Arc::new(AtomicBool::new(false));
        let body = request.body_mut().take().unwrap_or_else(|| Bytes::new().into());
        *request.body_mut() = Some(reqwest::Body::wrap(Watched { body, taken: Arc::clone(&taken) }));
        Self(taken)
    }

    /// A request that is not watched, so it may have been sent.
    pub(crate) fn unknown() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Whether the request may have been sent. `false` is certain.
    pub(crate) fn is_possible(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A body that records whether it has been polled.
struct Watched {
    body: reqwest::Body,
    taken: Arc<AtomicBool>,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        self.taken.store(true, Ordering::Release);
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.taken.store(true, Ordering::Release);
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(body: Option<&'static str>) -> (Departure, reqwest::Body) {
        let mut request = reqwest::Request::new(http::Method::POST, "https://api.example.com".parse().unwrap());
        *request.body_mut() = body.map(Into::into);
        let departure = Departure::watch(&mut request);
        (departure, request.body_mut().take().unwrap())
    }

    #[tokio::test]
    async fn a_body_that_is_looked_at_has_left() {
        for (body, length) in [(None, 0), (Some(""), 0), (Some("abc"), 3)] {
            let (departure, body) = watched(body);
            assert_eq!(body.size_hint().exact(), Some(length));
            assert!(!departure.is_possible());
            assert_eq!(body.is_end_stream(), length == 0);
            assert!(departure.is_possible());
        }
        let (departure, mut body) = watched(Some("abc"));
        let frame = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await.unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), "abc");
        assert!(departure.is_possible() && Departure::unknown().is_possible());
    }
}
