//! One call: typed inputs are written into an HTTP request, and the response is read as a value or an error.

mod body_property;
mod continuation;
pub(crate) mod envelope;
mod links;
pub mod options;
mod pointed;
pub mod reply;
pub mod request;
pub mod response;
mod rows;
pub mod undocumented;
mod write;

use std::borrow::Cow;

use http::HeaderValue;
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use crate::api::{Kind, Location, Operation, Output, Parameter};
use crate::client::Client;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::pipeline::context::Context;
use crate::pipeline::outgoing::{Outgoing, Payload};
use crate::pipeline::received::Arrival;
use crate::pipeline::{self, Run};
use crate::streaming::Upload;
use crate::values::check::{Checked, Checks};
use crate::values::encode::Encode;
use crate::values::multipart::Multipart;
use crate::values::part::PartValue;
use crate::values::tree::Tree;
use options::CallOptions;
use response::Response;
use write::Pair;
use write::parts::Parts;

/// A part's name, value and additional headers.
pub type Property<'a> = (&'static str, &'a dyn PartValue, &'a [(&'static str, &'a dyn Encode)]);

/// A call that collects its inputs.
///
/// It also collects inputs that violate a documented rule; [`send`](Self::send) reports all of them in one error.
pub struct Call<'c> {
    client: &'c Client,
    operation: &'static Operation,
    options: CallOptions,
    checks: Checks,
    /// The encoded path parameters.
    path: Vec<(&'static str, String)>,
    query: Vec<Pair>,
    body: Option<Payload>,
}

impl<'c> Call<'c> {
    /// Returns a call of an operation without inputs.
    pub fn new(client: &'c Client, operation: &'static Operation, options: CallOptions) -> Self {
        Self {
            client,
            operation,
            options,
            checks: Checks::new(operation.id),
            path: Vec::new(),
            query: Vec::new(),
            body: None,
        }
    }

    /// Writes a path parameter.
    pub fn path(&mut self, name: &'static str, value: &(impl Encode + Checked)) {
        let Some(parameter) = self.checked(Location::Path, name, Some(value)) else { return };
        let written = write::path(parameter, value);
        if let Some(segment) = self.checks.written(name, written) {
            self.checks.path(name, &segment);
            self.path.push((name, segment));
        }
    }

    /// Writes a query parameter, if it is set.
    pub fn query<T: Encode + Checked>(&mut self, name: &'static str, value: Option<&T>) {
        if let (Some(parameter), Some(value)) = (self.checked(Location::Query, name, value), value) {
            let written = write::query(parameter, value, &mut self.query);
            self.checks.written(name, written);
        }
    }

    /// Writes a header parameter, if it is set.
    pub fn header<T: Encode + Checked>(&mut self, name: &'static str, value: Option<&T>) {
        if let (Some(parameter), Some(value)) = (self.checked(Location::Header, name, value), value)
            && let Some(text) = self.checks.written(name, write::header(parameter, value))
        {
            self.options.header(name, text);
        }
    }

    /// Writes a cookie parameter, if it is set.
    pub fn cookie<T: Encode + Checked>(&mut self, name: &'static str, value: Option<&T>) {
        if let (Some(parameter), Some(value)) = (self.checked(Location::Cookie, name, value), value)
            && let Some(text) = self.checks.written(name, write::cookie(parameter, value))
        {
            self.options.cookie(name, &text);
        }
    }

    /// Writes the body as JSON.
    pub fn json(&mut self, body: &(impl Serialize + Checked)) {
        body.check(&mut self.checks);
        match serde_json::to_vec(body) {
            Ok(json) => self.documented_body(json),
            // serde's message may quote the value.
            Err(_) => self.checks.report("body", "must be a value that JSON can represent"),
        }
    }

    /// Writes the body as a form.
    pub fn form(&mut self, body: &(impl Serialize + Checked)) {
        body.check(&mut self.checks);
        let properties = self.operation.body.map_or(&[][..], |body| body.properties);
        let form = write::form(Tree::of(body), properties, &mut |name, rule| self.checks.report(name, rule));
        self.body("application/x-www-form-urlencoded", vec![form.into()]);
    }

    /// Writes a multipart body: a part for each property, with its own headers.
    pub fn parts(&mut self, body: &impl Checked, properties: &[Property<'_>]) {
        body.check(&mut self.checks);
        let mut multipart = Multipart::new();
        for (name, value, headers) in properties {
            let known = self.operation.body.and_then(|body| body.property(name));
            let mut written = Vec::new();
            for (header, value) in *headers {
                if value.json() != Tree::Null {
                    let text = write::header(&Parameter::header(header, Kind::Any), *value);
                    let text = self.checks.written(&format!("{name}.{header}"), text);
                    written.extend(text.map(|text| ((*header).to_owned(), text)));
                }
            }
            let parts = Parts { name, media_type: known.and_then(|known| known.media_type), headers: written };
            if let Err(rule) = parts.add(value.content(), &mut multipart) {
                self.checks.report(name, rule);
            }
        }
        self.multipart(&multipart);
    }

    /// Writes a multipart body whose parts are undocumented.
    pub fn multipart(&mut self, parts: &Multipart) {
        for name in parts.broken() {
            self.checks.report(name, "must have a media type such as `image/png`");
        }
        let (media_type, contents) = parts.encode();
        self.body(&media_type, contents);
    }

    /// Writes the body unchanged.
    pub fn bytes(&mut self, body: impl Into<Upload>) {
        self.documented_body(body);
    }

    /// Sends the call, and retries it where a retry is safe. Returns an error for any response that is not a success.
    pub async fn send(self) -> Result<Response, Error> {
        execute(Box::new(self.context()?)).await
    }

    /// Returns the context of the call, or an error if an input violates a rule.
    fn context(self) -> Result<Context, Error> {
        let Self { client, operation, mut options, checks, path, query, body } = self;
        if let Some(header) = operation.idempotency_key {
            options.default_header(header, || Uuid::new_v4().to_string());
        }
        options.streams |= matches!(operation.output, Output::Events(_) | Output::Lines(_));
        options.finish(checks)?;
        let url = url(client, operation, &path, query)?;
        let accept = HeaderValue::try_from(options.accept.unwrap_or(operation.accept));
        let accept =
            accept.map_err(|_| Error::config(format!("{}: its media types do not fit in a header", operation.id)))?;
        let method = operation.http_method();
        let method = method.map_err(|_| Error::config(format!("{}: its method is not a token", operation.id)))?;
        let mut outgoing = Outgoing { method, url, accept, body };
        let others: Vec<_> = client.shared().options.query_names().chain(options.query_names()).collect();
        continuation::apply(operation, &options, &others, &mut outgoing)
            .map_err(|rule| Error::invalid(operation.id, "cursor", rule))?;
        if options.accept.is_some() {
            body_property::request_stream(operation, &mut outgoing.body)
                .map_err(|rule| Error::invalid(operation.id, "body", rule))?;
        }
        Ok(Context::new(client, operation, options, outgoing))
    }

    /// Returns the description of a parameter, if its value violates no rule.
    fn checked<T: Checked>(
        &mut self,
        location: Location,
        name: &'static str,
        value: Option<&T>,
    ) -> Option<&'static Parameter> {
        let parameter = self.operation.parameter(location, name)?;
        value.is_none_or(|value| self.checks.parameter(parameter, value)).then_some(parameter)
    }

    /// Sets the body, with the documented media type.
    fn documented_body(&mut self, content: impl Into<Upload>) {
        self.body(self.operation.body.map_or("application/json", |body| body.media_type), vec![content.into()]);
    }

    fn body(&mut self, media_type: &str, contents: Vec<Upload>) {
        match HeaderValue::try_from(media_type) {
            Ok(media_type) => self.body = Some(Payload::new(media_type, contents)),
            Err(_) => self.checks.report("body", "must have a media type that fits in a header"),
        }
    }
}

/// Sends requests through the pipeline.
pub(crate) async fn execute(context: Box<Context>) -> Result<Response, Error> {
    context.span.method(&context.outgoing.method);
    // Boxed, because each future around it would otherwise contain it and move it.
    let run = Box::pin(pipeline::run(&context));
    let Run { result, attempts } = context.span.around(run).await;
    let status = result.as_ref().map_or_else(Error::status, |arrival| Some(arrival.received.status));
    let elapsed = context.begun.elapsed();
    context.span.end(status, attempts, elapsed);
    result.map(|Arrival { received, rest }| Response { context, received, rest, attempts, elapsed })
}

/// Returns the URL of a call.
///
/// Parameters are sorted by name, objects last: equal calls have equal URLs.
fn url(client: &Client, operation: &Operation, path: &[(&str, String)], mut query: Vec<Pair>) -> Result<Url, Error> {
    let path = expand(operation.path, path);
    let url = server(client, operation)?.join(&path);
    let mut url = url.ok_or_else(|| Error::config(format!("{}: the path is not part of a valid URL", operation.id)))?;
    if !query.is_empty() {
        query.sort_by_key(|pair| pair.order);
        // The path of an operation may contain a query.
        let own = url.query().filter(|own| !own.is_empty());
        let pairs: Vec<&str> = own.into_iter().chain(query.iter().map(|pair| pair.text.as_str())).collect();
        let query = pairs.join("&");
        url.set_query(Some(&query));
    }
    Ok(url)
}

/// Returns the base URL of an operation: its own server, unless the client is configured with another base URL.
fn server<'c>(client: &'c Client, operation: &Operation) -> Result<Cow<'c, BaseUrl>, Error> {
    let shared = client.shared();
    let own = match operation.server {
        // A server that is only a path is on the client's host.
        Some(path) if path.starts_with('/') => {
            shared.base_url.beside(path).ok_or("the path is not part of a valid URL".to_owned())
        }
        Some(_) if client.base_url() != shared.api.base_url => return Ok(Cow::Borrowed(&shared.base_url)),
        Some(url) if url.contains(['{', '}']) => Err("its URL has unset variables".to_owned()),
        Some(url) => BaseUrl::parse(url, shared.insecure_http),
        None => return Ok(Cow::Borrowed(&shared.base_url)),
    };
    let id = operation.id;
    let url = operation.server.unwrap_or_default();
    own.map(Cow::Owned).map_err(|problem| {
        Error::config(format!(
            "{id} uses the server {url}, and {problem}; call it with a client that has its `base_url`"
        ))
    })
}

/// Expands the path template of an operation with encoded parameters.
fn expand(template: &str, parameters: &[(&str, String)]) -> String {
    let mut path = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((before, name, after)) = placeholder(rest) {
        path.push_str(before);
        match parameters.iter().find(|parameter| parameter.0 == name) {
            Some((_, value)) => path.push_str(value),
            None => path.extend(["{", name, "}"]),
        }
        rest = after;
    }
    path + rest
}

/// Returns the first name in braces, and the text before and after it.
fn placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::api::{Bound, Media, Rule, Safety};
    use crate::client::builder::ClientBuilder;
    use crate::error::Violation;
    use crate::example::API;

    const POSITIVE: &[Rule] = &[Rule::Minimum(Bound::new(1, 0))];
    static PARAMETERS: [Parameter; 5] = [
        Parameter::path("id", Kind::Any).rules(&[Rule::MaxLength(9)]),
        Parameter::query("page", Kind::Any).rules(POSITIVE),
        Parameter::query("filter", Kind::Any),
        Parameter::header("X-Trace", Kind::Any),
        Parameter::cookie("visit", Kind::Any),
    ];
    static OPERATION: Operation = Operation::new("op", "PUT", "/things/{id}", Safety::Idempotent)
        .parameters(&PARAMETERS)
        .body(Media::Bytes, "image/png", Kind::Any);
    static ELSEWHERE: Operation = Operation::new("op", "GET", "/x", Safety::Safe).server("https://files.example.com");

    fn client(base_url: &str) -> Client {
        ClientBuilder::<Client>::new(&API, "key_1".into()).base_url(base_url).build().unwrap()
    }

    fn call<'c>(client: &'c Client, operation: &'static Operation) -> Call<'c> {
        Call::new(client, operation, CallOptions::default())
    }

    #[track_caller]
    fn url(call: Call<'_>) -> String {
        call.context().unwrap().outgoing.url.to_string()
    }

    /// Returns the media type and the body of a call's request.
    #[track_caller]
    fn body(call: Call<'_>) -> (String, String) {
        let request = call.context().unwrap().request();
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap();
        let strings = [request.headers()["content-type"].as_bytes(), body].map(|bytes| String::from_utf8(bytes.into()));
        strings.map(Result::unwrap).into()
    }

    /// A path parameter is always a single segment.
    #[test]
    fn a_parameter_of_the_path_is_one_segment() {
        let client = client(API.base_url);
        for (value, segment) in [
            ("a/b", "a%2Fb"),
            ("../b", "..%2Fb"),
            (r"..\b", "..%5Cb"),
            ("%2e%2e", "%252e%252e"),
            ("a?b#c", "a%3Fb%23c"),
            ("a b\t", "a%20b%09"),
            ("{id}", "%7Bid%7D"),
            ("@:;=,", "%40%3A%3B%3D%2C"),
            ("é", "%C3%A9"),
            ("-._~", "-._~"),
        ] {
            let mut call = call(&client, &OPERATION);
            call.path("id", &value.to_owned());
            assert_eq!(url(call), format!("https://api.example.com/v1/things/{segment}"));
        }
    }

    /// Equal calls have equal URLs, in any order of the setters.
    #[test]
    fn parameters_of_the_query_are_sorted() {
        let client = client(API.base_url);
        let mut call = call(&client, &OPERATION);
        call.path("id", &"a".to_owned());
        call.query("page", Some(&2_i64));
        call.query("filter", Some(&"a&b=c".to_owned()));
        call.query("filter", None::<&String>);
        assert_eq!(url(call), "https://api.example.com/v1/things/a?filter=a%26b%3Dc&page=2");
    }

    /// An operation's own server is used unless the client has another base URL. A server that is only a path is on the
    /// client's host.
    #[test]
    fn servers() {
        let at = |server| Operation::new("op", "GET", "/x", Safety::Safe).server(server);
        for (server, default, other) in [
            ("https://files.example.com", Ok("https://files.example.com/x"), "http://localhost:9/v2/x"),
            ("/bar", Ok("https://api.example.com/bar/x"), "http://localhost:9/bar/x"),
            ("/", Ok("https://api.example.com/x"), "http://localhost:9/x"),
            ("https://{host}", Err("its URL has unset variables"), "http://localhost:9/v2/x"),
            ("http://files.example.com", Err("would send the API key over plain http"), "http://localhost:9/v2/x"),
            ("files", Err("is not a URL"), "http://localhost:9/v2/x"),
        ] {
            let operation = Box::leak(Box::new(at(server)));
            match (call(&client(API.base_url), operation).context(), default) {
                (Ok(context), Ok(url)) => assert_eq!(context.outgoing.url.as_str(), url),
                (Err(Error::Config { problems }), Err(problem)) => {
                    assert!(problems[0].contains(problem) && problems[0].contains(server), "{problems:?}");
                }
                (found, expected) => panic!("{server}: {:?} and not {expected:?}", found.err()),
            }
            assert_eq!(url(call(&client("http://localhost:9/v2"), operation)), other, "{server}");
        }
    }

    #[test]
    fn bodies() {
        let client = client(API.base_url);
        let mut json = call(&client, &ELSEWHERE);
        json.json(&"a".to_owned());
        assert_eq!(body(json), ("application/json".into(), r#""a""#.into()));

        let mut bytes = call(&client, &OPERATION);
        bytes.path("id", &"a".to_owned());
        bytes.bytes("png");
        assert_eq!(body(bytes), ("image/png".into(), "png".into()));

        let mut form = call(&client, &ELSEWHERE);
        form.form(&serde_json::json!({"a": "b c"}));
        assert_eq!(body(form), ("application/x-www-form-urlencoded".into(), "a=b+c".into()));
    }

    /// One error contains all violations, and there is no request.
    #[test]
    fn every_violation_is_reported_at_once() {
        let client = client(API.base_url);
        let mut call = call(&client, &OPERATION);
        call.path("id", &"..".to_owned());
        call.query("page", Some(&0_i64));
        call.header("X-Trace", Some(&"a\nb".to_owned()));
        call.cookie("visit", Some(&"\0".to_owned()));
        let Err(Error::InvalidRequest { violations, .. }) = call.context() else { panic!("there is a request") };
        let found: Vec<_> = violations.iter().map(Violation::to_string).collect();
        assert_eq!(
            found,
            [
                "`id` must not be a relative path",
                "`page` must be at least 1",
                "`X-Trace` must contain only printable ASCII characters",
                "`visit` must contain only characters of cookies: \
                 no white space, quotes, commas, semicolons or backslashes",
            ]
        );
    }
}
