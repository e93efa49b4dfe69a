//! One call: what it adds to the request that the raw operation makes, on its way to the answer.

use bytes::Bytes;
use http::HeaderValue;
use http::header::ACCEPT;
use serde::Serialize;

use super::answer::Answer;
use super::check::Checks;
use super::client::Client;
use super::context::Context;
use super::error::Error;
use super::multipart::Multipart;
use super::options::CallOptions;
use super::param;
use super::pipeline::{self, Run};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request as the raw operation makes it.
pub(crate) type Built = Result<reqwest::Request, reqwest::Error>;

/// One call whose inputs break no rule.
pub(crate) struct Call {
    context: Context,
    /// The media type that is asked for.
    accept: HeaderValue,
}

impl Call {
    /// Begins a call whose inputs break no rule.
    pub(crate) fn begin(client: &Client, options: &CallOptions, checks: Checks) -> Result<Self, Error> {
        Ok(Self { context: Context::new(client, options, checks)?, accept: JSON })
    }

    /// Asks for a media type in place of JSON.
    pub(crate) fn accept(&mut self, media_type: &'static str) {
        if let Ok(media_type) = HeaderValue::try_from(media_type) {
            self.accept = media_type;
        }
    }

    /// Sends a header with every attempt.
    pub(crate) fn header(&mut self, name: &str, value: String) {
        self.context.options.header(name, value);
    }

    /// Sends a cookie with every attempt.
    pub(crate) fn cookie(&mut self, name: &str, value: &str) {
        self.context.options.cookie(name, value);
    }

    /// Adds parameters to the query.
    pub(crate) fn query(&mut self, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            self.context.options.query(name, value);
        }
    }

    /// Sends a body of this media type.
    pub(crate) fn body(&mut self, media_type: &str, body: Bytes) {
        self.context.body = Some((media_type.to_owned(), body));
    }

    /// Sends the fields of an object as a form.
    pub(crate) fn form(&mut self, value: &impl Serialize) {
        let fields = param::fields("value", value);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body.into());
    }

    /// Sends several parts.
    pub(crate) fn multipart(&mut self, parts: &Multipart) {
        let (media_type, body) = parts.encode();
        self.body(&media_type, body);
    }

    /// Where it goes: to the operation's own server, if it has one and the client was not told another.
    pub(crate) fn base_url<'c>(&self, client: &'c Client) -> &'c str {
        let is_default = client.base_url() == client.shared().policy.base_url;
        self.context.operation.server.filter(|_| is_default).unwrap_or(client.base_url())
    }

    /// What it goes through.
    pub(crate) fn http(&self) -> reqwest::Client {
        self.context.shared().http.clone()
    }

    /// Sends a request the way of every call. What is not a success is an error.
    pub(crate) async fn send(self, request: Built) -> Result<Answer, Error> {
        let Context { operation, span, begun, .. } = &self.context;
        // Nothing has been sent. The reason may quote the URL, which may hold personal data.
        let unbuilt = |error: reqwest::Error| {
            Error::config(format!("{}: the request cannot be built: {}", operation.id, error.without_url()))
        };
        let mut request = request.map_err(unbuilt)?;
        request.headers_mut().insert(ACCEPT, self.accept.clone());
        span.method(request.method());
        // On the heap, where it stays; the futures around it would be moved with it inside.
        let run = Box::pin(pipeline::run(&self.context, request));
        let Run { result, attempts } = span.around(run).await;
        let status = result.as_ref().map_or_else(Error::status, |received| Some(received.status));
        span.end(status, attempts, begun.elapsed());
        result.map(|received| Answer { context: self.context, received, attempts })
    }
}
