//! One call: what it adds to the request that the raw operation makes, and what it reads from the answer.

use bytes::Bytes;
use http::HeaderValue;
use http::header::ACCEPT;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::Checks;
use super::client::Client;
use super::context::Context;
use super::error::Error;
use super::multipart::Multipart;
use super::options::CallOptions;
use super::pipeline::{self, Run};
use super::received::Received;
use super::reply::Reply;
use super::{decode, param, verdict};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A body that wraps its data together with a flag that says whether the call succeeded.
pub(crate) trait Enveloped {
    /// What is inside.
    type Data;
    /// Whether the flag says that the call succeeded.
    fn succeeded(&self) -> bool;
    /// Takes the wrapping off.
    fn into_data(self) -> Self::Data;
}

/// A request as the raw operation makes it.
pub(crate) type Built = Result<reqwest::Request, reqwest::Error>;

/// One call whose inputs break no rule.
pub(crate) struct Call {
    context: Context,
    /// The media type that is asked for.
    accept: HeaderValue,
}

/// What a server that accepted the request has said.
struct Answer {
    received: Received,
    attempts: u32,
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

    /// Sends a request whose answer is not read.
    pub(crate) async fn nothing(self, request: Built) -> Result<Reply<()>, Error> {
        let answer = self.run(request).await?;
        Ok(self.reply(answer, ()))
    }

    /// Sends a request whose answer is the value.
    pub(crate) async fn value<T: DeserializeOwned>(self, request: Built) -> Result<Reply<T>, Error> {
        let answer = self.run(request).await?;
        let value = self.read(&answer, &answer.received.body)?;
        Ok(self.reply(answer, value))
    }

    /// Sends a request whose answer is an envelope around the value.
    pub(crate) async fn open<B>(self, request: Built) -> Result<Reply<B::Data>, Error>
    where
        B: Enveloped + DeserializeOwned,
    {
        let answer = self.run(request).await?;
        match serde_json::from_slice::<B>(&answer.received.body) {
            Ok(body) if body.succeeded() => Ok(self.reply(answer, body.into_data())),
            // An envelope that says "failed" may lack the data that its type demands.
            Err(_) if !self.says_failed(&answer) => Err(self.misfit::<B>(&answer, &answer.received.body)),
            _ => Err(verdict::refusal(&self.context, &answer.received)),
        }
    }

    /// Sends a request whose answer is text.
    pub(crate) async fn text(self, request: Built) -> Result<Reply<String>, Error> {
        let answer = self.run(request).await?;
        match String::from_utf8(answer.received.body.to_vec()) {
            Ok(text) => Ok(self.reply(answer, text)),
            Err(_) => Err(decode::not_text(self.context.operation.id, answer.received.status)),
        }
    }

    /// Sends a request whose answer is taken as it is.
    pub(crate) async fn bytes(self, request: Built) -> Result<Reply<Bytes>, Error> {
        let answer = self.run(request).await?;
        let body = answer.received.body.clone();
        Ok(self.reply(answer, body))
    }

    /// Sends a request that no operation describes. A body that is empty reads as null.
    pub(crate) async fn undocumented<T: DeserializeOwned>(self, request: reqwest::Request) -> Result<Reply<T>, Error> {
        let answer = self.run(Ok(request)).await?;
        if self.says_failed(&answer) {
            return Err(verdict::refusal(&self.context, &answer.received));
        }
        let body: &[u8] = if answer.received.body.is_empty() { b"null" } else { &answer.received.body };
        let value = self.read(&answer, body)?;
        Ok(self.reply(answer, value))
    }

    /// Goes the way of every call.
    async fn run(&self, request: Built) -> Result<Answer, Error> {
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
        result.map(|received| Answer { received, attempts })
    }

    /// Reads a body, or says where it does not have the documented form.
    fn read<T: DeserializeOwned>(&self, answer: &Answer, body: &[u8]) -> Result<T, Error> {
        serde_json::from_slice(body).map_err(|_| self.misfit::<T>(answer, body))
    }

    fn misfit<T: DeserializeOwned>(&self, answer: &Answer, body: &[u8]) -> Error {
        let misfit = decode::misfit::<T>(self.context.operation.id, answer.received.status, body);
        self.context.span.misfit(&misfit);
        misfit
    }

    /// Whether the body's own flag says that the call failed.
    fn says_failed(&self, answer: &Answer) -> bool {
        let flag = self.context.shared().policy.failure.flag;
        let body = serde_json::from_slice::<serde_json::Value>(&answer.received.body).ok();
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    /// A value with the answer that it came in.
    fn reply<T>(&self, answer: Answer, value: T) -> Reply<T> {
        let Answer { received: Received { status, headers, body }, attempts } = answer;
        Reply { value, status, headers, body, attempts, elapsed: self.context.begun.elapsed() }
    }
}
