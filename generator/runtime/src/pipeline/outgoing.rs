//! The parts of a call's request, from which each attempt builds its own.

use std::io;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};
use url::Url;

use crate::streaming::body::Flow;
use crate::streaming::progress::Progress;
use crate::streaming::upload::Upload;

/// The parts of a call's requests, except those that the client adds to all calls.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) accept: HeaderValue,
    pub(crate) body: Option<Payload>,
}

/// A body and its media type.
#[derive(Debug, PartialEq)]
pub(crate) struct Payload {
    pub(crate) media_type: HeaderValue,
    /// The contents, which are sent one after another.
    contents: Vec<Upload>,
}

impl Payload {
    pub(crate) fn new(media_type: HeaderValue, contents: Vec<Upload>) -> Self {
        Self { media_type, contents }
    }

    /// The whole body, if it is in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.contents[..] {
            [content] => content.bytes(),
            _ => None,
        }
    }

    /// Opens a body that is not in memory.
    pub(crate) async fn open(&self, progress: &Progress) -> io::Result<reqwest::Body> {
        Ok(reqwest::Body::wrap(Flow::open(&self.contents, progress.clone()).await?))
    }
}

impl Outgoing {
    /// Whether another attempt can send the body: no stream in it has begun.
    pub(crate) fn can_be_sent_again(&self) -> bool {
        self.body.iter().flat_map(|body| &body.contents).all(Upload::is_available)
    }

    /// Builds a request, without options, without the API key, and without a body that is not in memory.
    pub(crate) fn request(&self, user_agent: &HeaderValue) -> reqwest::Request {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        let headers = request.headers_mut();
        if let Some(body) = &self.body {
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        }
        headers.insert(ACCEPT, self.accept.clone());
        headers.insert(USER_AGENT, user_agent.clone());
        *request.body_mut() = self.body.as_ref().and_then(|body| Some(body.bytes()?.clone().into()));
        request
    }
}
