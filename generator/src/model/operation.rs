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
    /// Whether it is called without the API key.
    pub(crate) keyless: bool,
    /// The method of its resource.
    pub(crate) method: String,
    /// The request value that the method makes.
    pub(crate) value: String,
    /// The method of the raw client, and what it takes in order.
    pub(crate) raw: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
    /// In the order of the document.
    pub(crate) failures: Vec<Failure>,
    /// The media type that is asked for, if it is not called plain JSON.
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
    /// The field of the answer, or of a row, that is shown; none where it is shown as a whole.
    pub(crate) shown: Option<String>,
    /// Whether the stand-in has an answer to it.
    pub(crate) runs: bool,
}

/// How a list is read page by page. Fields are those of the request value.
#[derive(Debug)]
pub(crate) struct Paging {
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

/// What the raw method takes in one place.
#[derive(Debug)]
pub(crate) enum Argument {
    Parameter(usize),
    Body,
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
    pub(crate) text: Text,
    pub(crate) required: bool,
    pub(crate) rules: Vec<Rule>,
    /// What the API assumes when it is absent, as JSON.
    pub(crate) default: Option<String>,
    /// What the document has for an example.
    pub(crate) example: Option<Value>,
}

/// How one value of a parameter becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// It has a text.
    Own,
    /// It has none, so that serde has to write it: as JSON, but a text without quotes.
    Plain,
    /// It is a JSON document.
    Json,
}

/// Where a parameter is, and how a list or object is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    /// Values in the path with commas between them.
    PathList,
    /// Whatever it is, in a style of the path.
    PathStyled {
        style: Style,
        explode: bool,
    },
    /// One text.
    Query,
    /// One text with a delimiter between the values.
    Joined(&'static str),
    /// Once for each value.
    Repeated,
    /// Each field as a query parameter of its own name.
    Fields,
    /// Each field as a query parameter `name[field]`.
    Deep,
    Header,
    /// Values in a header with commas between them.
    HeaderList,
    /// The fields of an object in a header.
    HeaderFields {
        explode: bool,
    },
    Cookie,
    /// Values in a cookie with commas between them.
    CookieList,
}

impl Location {
    /// Whether the raw operation takes it; all others are added to the request that it makes.
    pub(crate) fn is_raw(self) -> bool {
        self.is_path() || matches!(self, Self::Query | Self::Joined(_) | Self::Repeated)
    }

    pub(crate) fn is_path(self) -> bool {
        matches!(self, Self::Path | Self::PathList | Self::PathStyled { .. })
    }
}

/// A style of parameters in the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a;name=b`
    Matrix,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) pointer: String,
    /// The argument that it is handed in as.
    pub(crate) argument: String,
    pub(crate) media: Media,
    /// The media type of JSON that is called otherwise.
    pub(crate) media_type: Option<String>,
    pub(crate) kind: Kind,
    /// Whether it knows its own rules.
    pub(crate) checked: bool,
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
    /// What is inside the body, which is of a type of its own.
    Enveloped { body: String, data: Kind },
    /// The rows inside the body, and where they stand in the list.
    Page { body: String, row: Kind },
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
            Self::Enveloped { .. } | Self::Page { .. } => true,
            Self::Optional(inner) => inner.is_enveloped(),
            Self::Choice { cases, .. } => cases.iter().any(|case| case.response.is_enveloped()),
            Self::Empty | Self::Plain(_) | Self::Text | Self::Bytes => false,
        }
    }
}

/// A documented failure.
#[derive(Debug)]
pub(crate) struct Failure {
    /// `404`, `4XX`, or `default` for all that are not mentioned.
    pub(crate) status: String,
    pub(crate) pointer: String,
    /// Where the response itself stands, which several operations may refer to.
    pub(crate) response: String,
    pub(crate) docs: Option<String>,
    /// What its body is, if it is JSON of some type.
    pub(crate) kind: Option<Kind>,
}
