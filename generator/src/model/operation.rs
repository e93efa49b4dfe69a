//! Describes an operation: its inputs, its responses and its pagination.

use serde_json::Value;

use super::{Action, Docs, Inputs, Rule};
use crate::kind::Kind;
use crate::media::Media;

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) pointer: String,
    /// `GET`
    pub(crate) verb: String,
    /// `/things/{id}`
    pub(crate) path: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// The server of this operation, if it differs from the server of the API.
    pub(crate) server: Option<String>,
    /// Whether a call may be retried.
    pub(crate) safety: Safety,
    /// The header with a key that lets the API recognize a retry. The client sets it if the caller does not.
    pub(crate) idempotency_key: Option<String>,
    /// Whether a person should confirm it, for example because it pays people.
    pub(crate) confirm: bool,
    /// Whether calls are sent without the API key.
    pub(crate) unauthenticated: bool,
    /// The name of the constant that describes it.
    pub(crate) constant: String,
    /// The name of the method on the resource.
    pub(crate) method: String,
    /// The type of the request value that the method returns.
    pub(crate) value: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
    /// The stream that the operation can return in place of its response.
    pub(crate) stream: Option<Stream>,
    /// The statuses of documented redirects, which count as successes.
    pub(crate) redirects: Vec<u16>,
    /// In document order.
    pub(crate) error_responses: Vec<ErrorResponse>,
    /// The value of the `Accept` header, unless it is plain JSON.
    pub(crate) accept: Option<String>,
    /// How to read the whole list, if the operation returns pages.
    pub(crate) paging: Option<Paging>,
    pub(crate) action: Action,
    /// The body of a documented success, as JSON.
    pub(crate) sample: Option<String>,
    /// Inputs for an example call, if the document and the samples have them.
    pub(crate) example: Option<Example>,
}

impl Operation {
    /// Whether the response can be read piece by piece in place of the usual way.
    pub(crate) fn is_streaming(&self) -> bool {
        self.response.is_file() || self.stream.is_some()
    }
}

/// The inputs of an example, as JSON, and the field that it prints.
#[derive(Debug)]
pub(crate) struct Example {
    /// The values of parameters, by their index.
    pub(crate) parameters: Vec<(usize, Value)>,
    pub(crate) body: Option<Value>,
    /// The call with these inputs, if all required inputs can be written in Rust.
    pub(crate) call: Option<Inputs>,
    /// The field of the response or row that the example prints; `None` prints the whole value.
    pub(crate) shown: Option<String>,
    /// Whether the mock server has a response to it.
    pub(crate) runs: bool,
}

/// How to read a list page by page. Fields are those of the request value.
#[derive(Debug)]
pub(crate) struct Paging {
    /// The type of a row.
    pub(crate) row: Kind,
    /// The page number, if the list has page numbers.
    pub(crate) page: Option<PageNumber>,
    /// The page size and its documented maximum, if there is a maximum and the size is optional.
    pub(crate) limit: Option<(Count, i64)>,
    /// The field that identifies a row.
    pub(crate) key: Option<(String, Kind)>,
    /// Where responses outside an envelope have the rows and the next page.
    pub(crate) listing: Option<Listing>,
}

/// A field with the page number.
#[derive(Debug)]
pub(crate) struct PageNumber {
    pub(crate) count: Count,
    /// The number of the first page.
    pub(crate) first: u64,
}

/// Where responses have the rows and the next page. Values of bodies are JSON pointers.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) rows: String,
    /// Whether the array of rows may be missing or null.
    pub(crate) may_lack_rows: bool,
    pub(crate) next: Next,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

/// The way to the next page: the parameter, and the place of its value.
#[derive(Debug)]
pub(crate) enum Next {
    Page { parameter: String, first: u64 },
    Offset { parameter: String },
    Cursor { parameter: String, source: NextSource },
    BodyCursor { property: String, is_number: bool, source: NextSource },
    Url { source: NextSource },
}

/// The place of a cursor or URL.
#[derive(Debug)]
pub(crate) enum NextSource {
    Body(String),
    LastRow(String),
    Header(String),
    /// The header `Link`.
    Link,
}

/// A field that holds a count.
#[derive(Debug)]
pub(crate) struct Count {
    pub(crate) field: String,
    /// The type: an integer, or `f64`.
    pub(crate) number: &'static str,
    pub(crate) required: bool,
}

impl Count {
    pub(crate) fn is_float(&self) -> bool {
        self.number == "f64"
    }
}

/// Whether a call may be retried (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// The call only reads.
    Safe,
    /// Two calls have the effect of one.
    Idempotent,
    /// Two calls may have the effect twice.
    NotIdempotent,
}

/// A parameter in the path, the query, a header or a cookie.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) wire: String,
    pub(crate) pointer: String,
    /// The name of the field and of its setter.
    pub(crate) name: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    pub(crate) location: Location,
    pub(crate) encoding: Encoding,
    pub(crate) required: bool,
    pub(crate) rules: Vec<Rule>,
    /// The default of the API, as JSON.
    pub(crate) default: Option<String>,
    /// Whether reserved characters are sent unencoded.
    pub(crate) allow_reserved: bool,
    /// The example in the document.
    pub(crate) example: Option<Value>,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the value of a parameter is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As text in a style; `explode` separates items and fields.
    Styled { style: Style, explode: bool },
    /// As a JSON document.
    Json,
}

/// A style of the OpenAPI specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Lists are encoded as `name[]=a`.
    DeepObject,
    /// Lists are encoded as `name[0]=a`.
    DeepObjectIndices,
    /// Lists are encoded as `name=a&name=b`.
    DeepObjectRepeated,
}

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) pointer: String,
    /// The name of the argument for a required body.
    pub(crate) argument: String,
    /// Whether the body is required; the setter `body` sets an optional one.
    pub(crate) required: bool,
    pub(crate) media: Media,
    pub(crate) media_type: String,
    pub(crate) kind: Kind,
    /// The properties that are not encoded in the default way.
    pub(crate) properties: Vec<PropertyEncoding>,
    /// The parts of a multipart body with a schema.
    pub(crate) parts: Vec<Part>,
}

/// How a property of a form or a part is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PropertyEncoding {
    pub(crate) name: String,
    pub(crate) encoding: Encoding,
    pub(crate) allow_reserved: bool,
    /// The media type of a part.
    pub(crate) media_type: Option<String>,
}

impl PropertyEncoding {
    /// A property in the style `form`, exploded.
    pub(crate) fn usual(name: String) -> Self {
        let encoding = Encoding::Styled { style: Style::Form, explode: true };
        Self { name, encoding, allow_reserved: false, media_type: None }
    }

    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::usual(self.name.clone())
    }
}

/// A part, held by a field of the body.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) wire: String,
    pub(crate) field: String,
    pub(crate) headers: Vec<PartHeader>,
}

/// A header of a part, held by a field of the body.
#[derive(Debug)]
pub(crate) struct PartHeader {
    pub(crate) wire: String,
    pub(crate) field: String,
    /// The schema property that represents the header.
    pub(crate) property: String,
}

/// The value that a call returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    /// Nothing.
    Empty,
    /// The whole body.
    Plain(Kind),
    /// The body as text.
    Text,
    /// The body as bytes.
    Bytes,
    /// A stream of events with data of this type.
    Events(Kind),
    /// A stream of JSON values of this type, one per line.
    Lines(Kind),
    /// The data inside the envelope.
    Enveloped(Kind),
    /// The rows inside the envelope with their position in the list; this is the type of a row.
    Page(Kind),
    /// One of the above, or nothing if the body is empty.
    Optional(Box<Response>),
    /// One of several, by status.
    Choice { name: String, cases: Vec<Case> },
}

/// A stream beside the usual response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(crate) media_type: String,
    /// Events or lines.
    pub(crate) response: Response,
    /// The property of the body that requests the stream.
    pub(crate) property: Option<&'static str>,
}

/// The response to one success status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// `None` for every success status without a case.
    pub(crate) status: Option<u16>,
    pub(crate) variant: String,
    pub(crate) docs: Option<String>,
    pub(crate) response: Response,
}

impl Response {
    /// Whether the body can be read piece by piece.
    pub(crate) fn is_file(&self) -> bool {
        match self {
            Self::Text | Self::Bytes => true,
            Self::Optional(inner) => inner.is_file(),
            _ => false,
        }
    }

    /// Whether any case of it is inside an envelope.
    pub(crate) fn is_enveloped(&self) -> bool {
        match self {
            Self::Enveloped(_) | Self::Page(_) => true,
            Self::Optional(inner) => inner.is_enveloped(),
            Self::Choice { cases, .. } => cases.iter().any(|case| case.response.is_enveloped()),
            Self::Empty | Self::Plain(_) | Self::Text | Self::Bytes | Self::Events(_) | Self::Lines(_) => false,
        }
    }
}

/// A documented error response.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    /// `404`, `4XX`, or `default` for all other statuses.
    pub(crate) status: String,
    pub(crate) pointer: String,
    /// A pointer to the response itself, which several operations may refer to.
    pub(crate) response: String,
    pub(crate) docs: Option<String>,
    /// The type of the body, if the body is typed JSON.
    pub(crate) kind: Option<Kind>,
}
