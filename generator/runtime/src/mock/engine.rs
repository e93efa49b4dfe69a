//! Computes the mock server's responses: key → rate limit → route → validation → action.

use std::collections::HashMap;
use std::time::Instant;

use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Map, Value};
use url::form_urlencoded;
use uuid::Uuid;

use super::authorization;
use super::identity::Keys;
use super::key;
use super::list::{self, Cut};
use super::made;
use super::objects::{self, Draft, Missing};
use super::request_limit::RequestLimit;
use super::response::Response;
use super::route::{self, Match};
use super::spec::{Action, MockOperation, MockSpec};
use super::store::Store;
use super::validate::{self, Arguments, Violations};
use crate::api::{Body, Envelope, Listing, Location, Media, Next, Operation, Output, Paging, Source};

/// The header of responses that are made from the schema.
const SOURCE: &str = "x-mock-source";

/// A complete request.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

pub(crate) struct Engine {
    pub(crate) spec: &'static MockSpec,
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) api_key: String,
    pub(crate) request_limit: Option<RequestLimit>,
    /// The successes of calls with an idempotency key, by operation and key.
    pub(crate) successes: HashMap<(&'static str, String), Response>,
}

impl Engine {
    /// Returns the operation of a request, if there is one.
    pub(crate) fn operation(&self, request: &Incoming<'_>) -> Option<&'static MockOperation> {
        match route::find(self.spec, request.method, request.path) {
            Match::Operation(operation, _) => Some(operation),
            _ => None,
        }
    }

    pub(crate) fn respond(&mut self, request: &Incoming<'_>, now: Instant) -> Response {
        if !self.is_authorized(request) {
            return self.error(StatusCode::UNAUTHORIZED, "unauthorized", "the API key is missing or wrong");
        }
        if self.request_limit.as_mut().is_some_and(|request_limit| !request_limit.admit(now)) {
            return self.error(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "too many requests");
        }
        match route::find(self.spec, request.method, request.path) {
            Match::Operation(operation, path) => self.perform_once(operation, &path, request),
            Match::Methods(allowed) => {
                let mut response = self.error(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "method_not_allowed",
                    "this path does not support the method",
                );
                response.header(ALLOW, &allowed.join(", "));
                response
            }
            Match::Nothing => self.error(StatusCode::NOT_FOUND, "not_found", "unknown path"),
        }
    }

    /// Inserts a new object at the start of a collection.
    pub(crate) fn shift(&mut self, collection: usize) {
        let (key, draft) = Draft::new(self.spec, &self.store, collection, &mut self.keys);
        self.store.put_first(collection, key, draft.into_row());
    }

    /// Whether the request carries the key, or its operation is unauthenticated.
    fn is_authorized(&self, request: &Incoming<'_>) -> bool {
        self.operation(request).is_some_and(|operation| operation.operation.unauthenticated)
            || authorization::is_given(self.spec.api.auth, &self.api_key, request.headers, request.query)
    }

    /// Performs a call, or returns the response of an earlier one with the same idempotency key.
    fn perform_once(
        &mut self,
        operation: &'static MockOperation,
        path: &[(&str, String)],
        request: &Incoming<'_>,
    ) -> Response {
        let key = operation.operation.idempotency_key.and_then(|header| request.headers.get(header)?.to_str().ok());
        let Some(key) = key else { return self.perform(operation, path, request) };
        let call = (operation.operation.id, key.to_owned());
        if let Some(response) = self.successes.get(&call) {
            return response.clone();
        }
        let response = self.perform(operation, path, request);
        if response.status.is_success() {
            self.successes.insert(call, response.clone());
        }
        response
    }

    fn perform(
        &mut self,
        operation: &'static MockOperation,
        path: &[(&str, String)],
        request: &Incoming<'_>,
    ) -> Response {
        let query: Vec<_> = form_urlencoded::parse(request.query.unwrap_or_default().as_bytes()).into_owned().collect();
        let mut violations = Violations::default();
        let arguments = validate::arguments(self.spec, operation.operation, path, &query, &mut violations);
        let input = match self.body(operation, request, &mut violations) {
            Ok(input) => input,
            Err(response) => return *response,
        };
        if let Some(text) = violations.text() {
            return self.error(StatusCode::BAD_REQUEST, "invalid_request", &text);
        }
        self.act(operation, &arguments, &input)
    }

    /// Returns the JSON object of a request; an empty object if the operation has no JSON body.
    fn body(
        &self,
        operation: &MockOperation,
        request: &Incoming<'_>,
        violations: &mut Violations,
    ) -> Result<Map<String, Value>, Box<Response>> {
        let Some(Body { media: Media::Json, kind, required, .. }) = operation.operation.body.as_ref() else {
            return Ok(Map::new());
        };
        if !required && request.body.is_empty() {
            return Ok(Map::new());
        }
        let content_type = request.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !content_type
            .split(';')
            .next()
            .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
        {
            let text = "the body must be application/json";
            return Err(self.error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", text).into());
        }
        let Ok(value) = serde_json::from_slice::<Value>(request.body) else {
            return Err(self.error(StatusCode::BAD_REQUEST, "invalid_request", "the body is not JSON").into());
        };
        validate::body(self.spec, kind, &value, violations);
        match value {
            Value::Object(input) => Ok(input),
            _ => Ok(Map::new()),
        }
    }

    fn act(&mut self, operation: &MockOperation, arguments: &Arguments, input: &Map<String, Value>) -> Response {
        match operation.action {
            Action::List(collection) => self.list(operation, collection, arguments),
            Action::Get(collection) => match self.named(collection, operation, arguments) {
                Ok(key) => self.show(StatusCode::OK, collection, key),
                Err(response) => *response,
            },
            Action::Create(collection) => {
                let (key, draft) = Draft::new(self.spec, &self.store, collection, &mut self.keys);
                self.change(StatusCode::CREATED, collection, key, draft, input)
            }
            Action::Update(collection) => match self.named(collection, operation, arguments) {
                Ok(key) => match self.store.get(collection, key).map(Draft::of) {
                    Some(draft) => {
                        let changed = self.change(StatusCode::OK, collection, key, draft, input);
                        without_body(operation.operation, changed)
                    }
                    None => self.show(StatusCode::OK, collection, key),
                },
                Err(response) => *response,
            },
            Action::Delete(collection) => match self.named(collection, operation, arguments) {
                Ok(key) => {
                    let shown = self.show(StatusCode::OK, collection, key);
                    self.store.remove(collection, key);
                    without_body(operation.operation, shown)
                }
                Err(response) => *response,
            },
            Action::Other => match operation.sample {
                Some(sample) => Response::json(StatusCode::OK, sample.to_owned()),
                None => self.made(operation.operation),
            },
        }
    }

    /// Returns a response made from the documented type, marked by a header.
    fn made(&self, operation: &Operation) -> Response {
        let api = self.spec.api;
        let (kind, is_wrapped) = match &operation.output {
            Output::Json(kind) => (kind, false),
            Output::Enveloped(kind) => (kind, true),
            Output::Events(kind) => {
                let text = format!("data: {}\n\n", made::value(api, kind, &[], 0));
                return Response::new(200, "text/event-stream", text).with(SOURCE, "schema");
            }
            Output::Lines(kind) => {
                let text = format!("{}\n", made::value(api, kind, &[], 0));
                return Response::new(200, "application/jsonl", text).with(SOURCE, "schema");
            }
            Output::Page { .. } | Output::Choice | Output::File | Output::Empty => {
                return Response::empty(StatusCode::NO_CONTENT);
            }
        };
        let data = made::value(api, kind, &[], 0).to_string();
        let mut response = Response::json(StatusCode::OK, if is_wrapped { self.wrap(&data, "") } else { data });
        response.header(HeaderName::from_static(SOURCE), "schema");
        response
    }

    /// Returns the key of the object in the path, if the object exists.
    fn named(
        &self,
        collection: usize,
        operation: &MockOperation,
        arguments: &Arguments,
    ) -> Result<Uuid, Box<Response>> {
        let path = operation.operation.parameters.iter().find(|parameter| parameter.location == Location::Path);
        let id = path.and_then(|parameter| arguments.get(parameter.name)).unwrap_or(&Value::Null);
        let key = key::of(id).filter(|key| self.store.get(collection, *key).is_some());
        key.ok_or_else(|| self.unknown(collection, &objects::plain(id)).into())
    }

    fn change(
        &mut self,
        status: StatusCode,
        collection: usize,
        key: Uuid,
        mut draft: Draft,
        input: &Map<String, Value>,
    ) -> Response {
        let of = self.store.collection(collection);
        if let Err(Missing { collection, id, .. }) = draft.apply(self.spec, &self.store, of, input) {
            let text = format!("{collection} {id} does not exist");
            return self.error(StatusCode::NOT_FOUND, "not_found", &text);
        }
        self.store.put(collection, key, draft.into_row());
        self.show(status, collection, key)
    }

    fn show(&self, status: StatusCode, collection: usize, key: Uuid) -> Response {
        let Some(row) = self.store.get(collection, key) else { return self.unknown(collection, &key.to_string()) };
        let mut data = String::new();
        self.store.write(collection, row, &mut data);
        Response::json(status, self.wrap(&data, ""))
    }

    fn list(&self, operation: &MockOperation, collection: usize, arguments: &Arguments) -> Response {
        let pages = self.spec.api.paging.as_ref().filter(|_| matches!(operation.operation.output, Output::Page { .. }));
        let cut = list::cut(&self.store, collection, pages, operation.operation, arguments);
        if let Some(listing) = &operation.operation.listing {
            let skip = skipped(listing, arguments, cut.rows.len());
            return self.listed(operation.operation, listing, collection, &cut, skip);
        }
        let mut data = String::from("[");
        for (index, row) in cut.rows.iter().enumerate() {
            if index > 0 {
                data.push(',');
            }
            self.store.write(collection, row, &mut data);
        }
        data.push(']');
        let pagination = pages.map(|pages| format!(",\"{}\":{}", pages.property, pagination(pages, &cut)));
        Response::json(StatusCode::OK, self.wrap(&data, &pagination.unwrap_or_default()))
    }

    /// Returns all rows of a list outside the envelope as one page, without the first ones.
    fn listed(
        &self,
        operation: &Operation,
        listing: &Listing,
        collection: usize,
        cut: &Cut<'_>,
        skip: usize,
    ) -> Response {
        let rows = cut.rows.iter().skip(skip).map(|row| {
            let mut text = String::new();
            self.store.write(collection, row, &mut text);
            serde_json::from_str(&text).unwrap_or_default()
        });
        let rows = Value::Array(rows.collect());
        if listing.rows.is_empty() {
            return Response::json(StatusCode::OK, rows.to_string());
        }
        let mut body = match &operation.output {
            Output::Json(kind) | Output::Enveloped(kind) => made::value(self.spec.api, kind, &[], 0),
            _ => Value::Object(Map::new()),
        };
        place(&mut body, listing.rows, rows);
        place(&mut body, listing.total_count, Value::from(cut.total));
        place(&mut body, listing.total_pages, Value::from(1));
        place(&mut body, listing.has_more, Value::from(false));
        if let Next::Cursor(_, source) | Next::BodyCursor(_, _, source) | Next::Url(source) = listing.next
            && let Source::Body(pointer) = source
        {
            end(&mut body, pointer);
        }
        Response::json(StatusCode::OK, body.to_string())
    }

    /// Returns a success body with this data.
    fn wrap(&self, data: &str, beside: &str) -> String {
        match self.spec.api.envelope {
            Some(Envelope { success, data: property }) => {
                format!("{{\"{success}\":true,\"{property}\":{data}{beside}}}")
            }
            None => data.to_owned(),
        }
    }

    fn unknown(&self, collection: usize, id: &str) -> Response {
        let text = format!("{} {id} does not exist", self.store.collection(collection).schema);
        self.error(StatusCode::NOT_FOUND, "not_found", &text)
    }

    /// Returns an error response. The values of `code` are specific to the mock server.
    pub(crate) fn error(&self, status: StatusCode, code: &str, message: &str) -> Response {
        let shape = self.spec.api.errors;
        let mut body = Value::Object(Map::new());
        place(&mut body, shape.flag, Value::Bool(false));
        place(&mut body, shape.message, Value::from(message));
        place(&mut body, shape.code, Value::from(code));
        Response::json(status, body.to_string())
    }
}

/// Returns a success without a body, if the operation documents none.
fn without_body(operation: &Operation, response: Response) -> Response {
    let is_empty = matches!(operation.output, Output::Empty) && response.status.is_success();
    if is_empty { Response::empty(StatusCode::NO_CONTENT) } else { response }
}

/// Sets the value at a JSON pointer, and creates missing objects.
fn place(body: &mut Value, pointer: &str, value: Value) {
    if pointer.is_empty() {
        return;
    }
    let mut slot = body;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        slot = &mut slot[step];
    }
    *slot = value;
}

/// Replaces the cursor or URL of the next page, if the body has one, by one that ends the list.
fn end(body: &mut Value, pointer: &str) {
    match body.pointer_mut(pointer) {
        Some(Value::String(next)) => next.clear(),
        Some(next) => *next = Value::Null,
        None => {}
    }
}

/// Returns the number of rows before the requested page; all rows are one page.
fn skipped(listing: &Listing, arguments: &Arguments, rows: usize) -> usize {
    let number = |name: &str| arguments.get(name).and_then(Value::as_u64);
    let is_later = match listing.next {
        Next::Offset(name) => return number(name).and_then(|rows| usize::try_from(rows).ok()).unwrap_or(0),
        Next::Page(name, first) => number(name).is_some_and(|page| page > first),
        Next::Cursor(name, _) => arguments.contains_key(name),
        Next::BodyCursor(..) | Next::Url(_) => false,
    };
    if is_later { rows } else { 0 }
}

fn pagination(pages: &Paging, cut: &Cut<'_>) -> Value {
    let total_pages = cut.total.div_ceil(cut.limit);
    let fields = [
        (pages.page, Value::from(cut.page)),
        (pages.limit, Value::from(cut.limit)),
        (pages.total_count, Value::from(cut.total)),
        (pages.total_pages, Value::from(total_pages)),
        (pages.has_more, Value::from(cut.page < total_pages)),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name?.to_owned(), value))).collect::<Map<_, _>>().into()
}
