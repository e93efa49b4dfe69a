//! A response with its complete body, up to a size limit.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

/// Status, headers and body of a response.
#[derive(Clone, Default)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A response whose body may still be unread.
pub(crate) struct Arrival {
    pub(crate) received: Received,
    /// The response with its body, if the body is read piece by piece; then `received` has none.
    pub(crate) rest: Option<reqwest::Response>,
}

impl Arrival {
    /// Reads a response. If `streams` is set, the body of a success stays unread.
    pub(crate) async fn read(mut response: reqwest::Response, limit: usize, streams: bool) -> Result<Self, ReadError> {
        if streams && response.status().is_success() {
            let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
            return Ok(Self { received: Received { status, headers, body: Bytes::new() }, rest: Some(response) });
        }
        Ok(Self { received: Received::read(response, limit).await?, rest: None })
    }
}

/// The error of reading a response.
pub(crate) enum ReadError {
    /// The response exceeds the limit; contains status and headers.
    TooLarge(Received),
    Transport(reqwest::Error),
}

impl Received {
    /// Reads the body. A success response larger than `limit` bytes is an error; the body of an error response is cut
    /// off.
    pub(crate) async fn read(mut response: reqwest::Response, limit: usize) -> Result<Self, ReadError> {
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        if status.is_success() && announced.is_some_and(|length| length > limit) {
            return Err(ReadError::TooLarge(Self { status, headers, body: Bytes::new() }));
        }
        let mut body = Chunks::default();
        while let Some(chunk) = response.chunk().await.map_err(ReadError::Transport)? {
            let room = limit - body.len();
            if chunk.len() <= room {
                body.push(chunk);
            } else if status.is_success() {
                return Err(ReadError::TooLarge(Self { status, headers, body: Bytes::new() }));
            } else {
                body.push(chunk.slice(..room));
                break;
            }
        }
        Ok(Self { status, headers, body: body.into_bytes() })
    }
}

/// Collects a body; a single chunk is not copied.
#[derive(Default)]
enum Chunks {
    #[default]
    Empty,
    One(Bytes),
    Many(BytesMut),
}

impl Chunks {
    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(bytes) => bytes.len(),
            Self::Many(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, chunk: Bytes) {
        match self {
            Self::Empty => *self = Self::One(chunk),
            Self::One(first) => {
                let mut all = BytesMut::with_capacity((first.len() + chunk.len()) * 2);
                all.extend_from_slice(first);
                all.extend_from_slice(&chunk);
                *self = Self::Many(all);
            }
            Self::Many(all) => all.extend_from_slice(&chunk),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Many(bytes) => bytes.freeze(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::stream;
    use http_body::Frame;
    use http_body_util::StreamBody;

    use super::*;

    const LIMIT: usize = 8;

    /// Reads a response whose body arrives in these chunks; `Err` holds the status of one that is too large.
    async fn read(status: u16, chunks: &[&'static str]) -> Result<String, u16> {
        let chunks: Vec<_> =
            chunks.iter().map(|chunk| Ok::<_, Infallible>(Frame::data(Bytes::from_static(chunk.as_bytes())))).collect();
        let body = reqwest::Body::wrap(StreamBody::new(stream::iter(chunks)));
        finish(http::Response::builder().status(status).body(body).expect("a response")).await
    }

    async fn finish(response: http::Response<reqwest::Body>) -> Result<String, u16> {
        match Received::read(response.into(), LIMIT).await {
            Ok(received) => Ok(String::from_utf8(received.body.to_vec()).expect("text")),
            Err(ReadError::TooLarge(head)) => Err(head.status.as_u16()),
            Err(ReadError::Transport(error)) => panic!("{error}"),
        }
    }

    #[tokio::test]
    async fn bodies_up_to_the_limit() {
        let rows: [(u16, &[&'static str], Result<&str, u16>); 10] = [
            (200, &[], Ok("")),
            (200, &["abcd"], Ok("abcd")),
            (200, &["abcd", "efg", "h"], Ok("abcdefgh")),
            (200, &["abcdefgh"], Ok("abcdefgh")),
            (200, &["abcdefghi"], Err(200)),
            (201, &["abcd", "efg", "hi"], Err(201)),
            (500, &["abcdefghi"], Ok("abcdefgh")),
            (500, &["abcd", "efg", "hi", "j"], Ok("abcdefgh")),
            (404, &["abcdefgh"], Ok("abcdefgh")),
            (404, &["a", "", "b"], Ok("ab")),
        ];
        for (status, chunks, expected) in rows {
            assert_eq!(read(status, chunks).await, expected.map(str::to_owned), "{status} {chunks:?}");
        }
    }

    /// A body that announces its length, and is never read if that exceeds the limit.
    #[tokio::test]
    async fn announced_lengths() {
        for (status, length, expected) in [(200, 8, Ok(8)), (200, 9, Err(200)), (500, 9, Ok(8))] {
            let body = reqwest::Body::from("x".repeat(length));
            let response = http::Response::builder().status(status).body(body).expect("a response");
            assert_eq!(finish(response).await.map(|body| body.len()), expected, "{status} {length}");
        }
    }
}
