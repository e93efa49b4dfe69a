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
