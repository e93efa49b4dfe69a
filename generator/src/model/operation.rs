//! What an operation takes and gives.

use serde_json::Value;

use super::{Action, Docs, Inputs, Rule};
use crate::kind::Kind;
use crate::media::Media;

/// One operation.
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
    /// Where it is called, if not where the others are.
    pub(crate) server: Option<String>,
    /// Whether a call may be repeated.
    pub(crate) safety: Safety,
    /// Whether it does something that a person should confirm, such as paying people.
    pub(crate) confirm: bool,
    /// Whether it is called without the API key.
    pub(crate) unauthenticated: bool,
    /// The name of its description.
    pub(crate) constant: String,
    /// The method of its resource.
    pub(crate) method: String,
    /// The request value that the method makes.
    pub(crate) value: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
    /// The statuses of documented redirects, which are successes.
    pub(crate) redirects: Vec<u16>,
    /// In the order of the document.
    pub(crate) error_responses: Vec<ErrorResponse>,
    /// The media types that it asks for, if they are not plain JSON.
    pub(crate) accept: Option<String>,
    /// How the whole of its list is read, if it gives pages.
    pub(crate) paging: Option<Paging>,
    pub(crate) action: Action,
    /// The body of a documented success, as JSON.
    pub(crate) sample: Option<String>,
    /// Inputs that a call of it may have, if the document and the samples have them.
    pub(crate) example: Option<Example>,
}

/// The inputs of an example, as JSON, and what is seen of it.
#[derive(Debug)]
pub(crate) struct Example {
    /// Those of parameters, by their index.
    pub(crate) parameters: Vec<(usize, Value)>,
    pub(crate) body: Option<Value>,
    /// The call with these inputs, if all that are required can be written in Rust.
    pub(crate) call: Option<Inputs>,
    /// The field of the response, or of a row, that is shown; none where it is shown as a whole.
    pub(crate) shown: Option<String>,
    /// Whether the mock server has a response to it.
    pub(crate) runs: bool,
}

/// How a list is read page by page. Fields are those of the request value.
#[derive(Debug)]
pub(crate) struct Paging {
    /// What a row is.
    pub(crate) row: Kind,
    pub(crate) page: Count,
    /// The size of a page and its documented maximum, if there is one and a size need not be given.
    pub(crate) limit: Option<(Count, i64)>,
    /// The field of a row that tells rows apart.
    pub(crate) key: Option<(String, Kind)>,
}

/// A field that counts something.
#[derive(Debug)]
pub(crate) struct Count {
    pub(crate) field: String,
    pub(crate) integer: &'static str,
    pub(crate) required: bool,
}

/// Whether a call may be repeated (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// It only reads.
    Safe,
    /// Doing it twice has the effect of doing it once.
    Idempotent,
    /// Doing it twice may have the effect twice.
    NotIdempotent,
}

/// A parameter in the path, the query, a header or a cookie.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) wire: String,
    pub(crate) pointer: String,
    /// The field that holds it, and its setter.
    pub(crate) name: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    pub(crate) location: Location,
    pub(crate) encoding: Encoding,
    pub(crate) required: bool,
    pub(crate) rules: Vec<Rule>,
    /// What the API assumes when it is absent, as JSON.
    pub(crate) default: Option<String>,
    /// Whether reserved characters stay as they are.
    pub(crate) allow_reserved: bool,
    /// What the document has for an example.
    pub(crate) example: Option<Value>,
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As text in a style; `explode` keeps items and fields apart.
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
    /// With lists as `name[]=a`.
    DeepObject,
    /// With lists as `name[0]=a`.
    DeepObjectIndices,
    /// With lists as `name=a&name=b`.
    DeepObjectRepeated,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) pointer: String,
    /// The argument that it is handed in as, if it is required.
    pub(crate) argument: String,
    /// Whether it must be there; one that need not be is set, by the setter `body`.
    pub(crate) required: bool,
    pub(crate) media: Media,
    pub(crate) media_type: String,
    pub(crate) kind: Kind,
    /// The properties that are not written as usual.
    pub(crate) properties: Vec<PropertyEncoding>,
    /// What is sent of a body of several parts that is described.
    pub(crate) parts: Vec<Part>,
}

/// How a property of a form, or a part, is written.
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

/// A part, which is a field of the body.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) wire: String,
    pub(crate) field: String,
    pub(crate) headers: Vec<PartHeader>,
}

/// A header of a part, which is a field of the body.
#[derive(Debug)]
pub(crate) struct PartHeader {
    pub(crate) wire: String,
    pub(crate) field: String,
    /// The property that stands for it.
    pub(crate) property: String,
}

/// What a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    /// Nothing.
    Empty,
    /// The body.
    Plain(Kind),
    /// The body as text.
    Text,
    /// The body as it is.
    Bytes,
    /// What is inside the envelope.
    Enveloped(Kind),
    /// The rows inside the envelope, and where they stand in the list; this is a row.
    Page(Kind),
    /// One of the above, or nothing where the body is empty.
    Optional(Box<Response>),
    /// One of several, by status.
    Choice { name: String, cases: Vec<Case> },
}

/// What one status of success gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// None for all statuses of success that have no case of their own.
    pub(crate) status: Option<u16>,
    pub(crate) variant: String,
    pub(crate) docs: Option<String>,
    pub(crate) response: Response,
}

impl Response {
    /// Whether some of it is taken out of an envelope.
    pub(crate) fn is_enveloped(&self) -> bool {
        match self {
            Self::Enveloped(_) | Self::Page(_) => true,
            Self::Optional(inner) => inner.is_enveloped(),
            Self::Choice { cases, .. } => cases.iter().any(|case| case.response.is_enveloped()),
            Self::Empty | Self::Plain(_) | Self::Text | Self::Bytes => false,
        }
    }
}

/// A documented failure.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    /// `404`, `4XX`, or `default` for all that are not mentioned.
    pub(crate) status: String,
    pub(crate) pointer: String,
    /// Where the response itself stands, which several operations may refer to.
    pub(crate) response: String,
    pub(crate) docs: Option<String>,
    /// What its body is, if it is JSON of some type.
    pub(crate) kind: Option<Kind>,
}
