//! The parts of a call's request, from which each attempt builds its own.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};
use url::Url;

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
    pub(crate) bytes: Bytes,
}

impl Outgoing {
    /// Builds a request, without options and without the API key.
    pub(crate) fn request(&self, user_agent: &HeaderValue) -> reqwest::Request {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        let headers = request.headers_mut();
        if let Some(body) = &self.body {
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        }
        headers.insert(ACCEPT, self.accept.clone());
        headers.insert(USER_AGENT, user_agent.clone());
        *request.body_mut() = self.body.as_ref().map(|body| body.bytes.clone().into());
        request
    }
}
