//! Access to the response behind an error: body, headers, request id.

use bytes::Bytes;
use http::HeaderMap;
use http::header::LOCATION;
use serde::de::DeserializeOwned;

use crate::error::{Error, decode, shape};
use crate::pipeline::received::Received;
use crate::request_id;

impl Error {
    /// Decodes the body of the response as this type.
    ///
    /// The documentation of each operation lists the types by status. Returns `None` if there is no response. Returns
    /// [`Decode`](Self::Decode) if the body has another type, for example because a proxy responded.
    pub fn body<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let (operation, received) = self.response()?;
        Some(decode::body(operation, received))
    }

    /// The body of the response, if there is one. It is empty if the response was too large.
    ///
    /// It may contain personal data: do not log it without care.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.response().map(|(_, received)| &received.body)
    }

    /// The headers of the response, if there is one.
    ///
    /// They may contain personal data: do not log them without care.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|(_, received)| &received.headers)
    }

    /// The request id assigned by the server, for support requests. It is the first of these headers: `x-request-id`,
    /// `request-id`, `x-correlation-id`, `x-amzn-requestid`, `x-amz-request-id`, `x-ms-request-id`, `x-trace-id` and
    /// `cf-ray`.
    pub fn request_id(&self) -> Option<&str> {
        request_id::find(self.headers()?)
    }

    /// The shape of the body: its property names and types without any value, such as `{errors: [{title: string}]}`. It
    /// is safe to log. Returns `None` if there is no response or its body is empty.
    pub fn body_shape(&self) -> Option<String> {
        let (_, received) = self.response().filter(|(_, received)| !received.body.is_empty())?;
        Some(shape::of(&received.body))
    }

    /// The target of a redirect, from the `Location` header; it may be relative to the URL of the request.
    ///
    /// It may contain personal data: do not log it without care.
    pub fn location(&self) -> Option<&str> {
        self.headers()?.get(LOCATION)?.to_str().ok()
    }

    /// The operation and its response.
    fn response(&self) -> Option<(&'static str, &Received)> {
        match self {
            Self::Api { operation, body, .. }
            | Self::RateLimited { operation, body, .. }
            | Self::Decode { operation, body, .. }
            | Self::ResponseTooLarge { operation, body, .. } => Some((operation, &body.0)),
            Self::OutcomeUnknown { source, .. } => source.response(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stays_small() {
        assert!(size_of::<Error>() <= 96, "{} bytes", size_of::<Error>());
    }
}
