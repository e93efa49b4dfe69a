//! The operations of an API: how each is called, what it takes and what it returns.

use http::Method;

use super::{Kind, Rule};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name in the document.
    pub id: &'static str,
    /// Its HTTP method.
    pub method: Method,
    /// Its path, with names in place of parameters, such as `/things/{id}`: what may be logged.
    pub path: &'static str,
    /// Whether a call may be repeated.
    pub safety: Safety,
    /// Whether it does something that a person should confirm, such as paying people.
    pub confirm: bool,
    /// Whether it is called without the API key.
    pub unauthenticated: bool,
    /// Where it is called, if not at the base URL of the API.
    pub server: Option<&'static str>,
    /// The media types of the responses that it asks for.
    pub accept: &'static str,
    /// Its parameters: those of the path in their order, then the others in the order of the document.
    pub parameters: &'static [Parameter],
    /// Its request body.
    pub body: Option<Body>,
    /// The body of a success response.
    pub output: Output,
}

/// Whether a call may be repeated (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It only reads.
    Safe,
    /// Doing it twice has the effect of doing it once.
    Idempotent,
    /// Doing it twice may have the effect twice.
    NotIdempotent,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in requests.
    pub name: &'static str,
    /// Where it is.
    pub location: Location,
    /// How lists and objects are written there.
    pub encoding: Encoding,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be present.
    pub required: bool,
    /// The rules that its value must keep.
    pub rules: &'static [Rule],
    /// The value that the API uses if it is absent, as JSON.
    pub default: Option<&'static str>,
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header of its name.
    Header,
    /// In a cookie of its name.
    Cookie,
}

/// How a value is written in its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As text in a style; `explode` keeps the items of a list, or the fields of an object, apart from each other.
    Styled {
        /// The style.
        style: Style,
        /// Whether items and fields are kept apart.
        explode: bool,
    },
    /// As a JSON document.
    Json,
}

/// A style of the `OpenAPI` specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` (path, header)
    Simple,
    /// `.a,b`, exploded `.a.b` (path)
    Label,
    /// `;name=a,b`, exploded `;name=a;name=b` (path)
    Matrix,
    /// `name=a,b`, exploded `name=a&name=b` (query, cookie)
    Form,
    /// `name=a%20b` (query)
    SpaceDelimited,
    /// `name=a|b` (query)
    PipeDelimited,
    /// `name[field]=a` (query)
    DeepObject,
}

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// How it is written.
    pub media: Media,
    /// Its media type. The boundary of a multipart body is added to it.
    pub media_type: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be sent.
    pub required: bool,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// As JSON.
    Json,
    /// As the fields of a form.
    Form,
    /// As several parts.
    Multipart,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// The body of a success response.
#[derive(Clone, Copy, Debug)]
pub enum Output {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Kind),
    /// JSON inside the envelope.
    Enveloped(Kind),
    /// A page of a list inside the envelope; this is a row. `complete` is whether all pages of the list can be read.
    Page {
        /// What a row is.
        row: Kind,
        /// Whether all pages can be read.
        complete: bool,
    },
    /// JSON of one of several types.
    Choice,
    /// Anything else.
    File,
}

impl Operation {
    /// An operation without parameters, body and response.
    pub const fn new(id: &'static str, method: Method, path: &'static str, safety: Safety) -> Self {
        Self {
            id,
            method,
            path,
            safety,
            confirm: false,
            unauthenticated: false,
            server: None,
            accept: "application/json",
            parameters: &[],
            body: None,
            output: Output::Empty,
        }
    }

    /// The same operation, which a person should confirm.
    #[must_use]
    pub const fn confirm(mut self) -> Self {
        self.confirm = true;
        self
    }

    /// The same operation, called without the API key.
    #[must_use]
    pub const fn unauthenticated(mut self) -> Self {
        self.unauthenticated = true;
        self
    }

    /// The same operation at a server of its own.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// The same operation, which asks for these media types.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// The same operation with these parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same operation with a body.
    #[must_use]
    pub const fn body(mut self, media: Media, media_type: &'static str, kind: Kind) -> Self {
        self.body = Some(Body { media, media_type, kind, required: true });
        self
    }

    /// The same operation, whose body need not be sent.
    #[must_use]
    pub const fn optional_body(mut self) -> Self {
        if let Some(body) = &mut self.body {
            body.required = false;
        }
        self
    }

    /// The same operation with a response.
    #[must_use]
    pub const fn output(mut self, output: Output) -> Self {
        self.output = output;
        self
    }

    /// The parameter of this name in this location.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.location == location && parameter.name == name)
    }
}

impl Safety {
    /// What the method says about a call.
    pub fn of(method: &Method) -> Self {
        match method {
            method if method.is_safe() => Self::Safe,
            method if method.is_idempotent() => Self::Idempotent,
            _ => Self::NotIdempotent,
        }
    }
}

impl Parameter {
    const fn new(name: &'static str, location: Location, style: Style, explode: bool, kind: Kind) -> Self {
        let encoding = Encoding::Styled { style, explode };
        Self { name, location, encoding, kind, required: false, rules: &[], default: None }
    }

    /// A parameter of the path, in the style `simple`.
    pub const fn path(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Path, Style::Simple, false, kind).required()
    }

    /// A parameter of the query, in the style `form`, exploded.
    pub const fn query(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Query, Style::Form, true, kind)
    }

    /// A parameter in a header, in the style `simple`.
    pub const fn header(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Header, Style::Simple, false, kind)
    }

    /// A parameter in a cookie, in the style `form`.
    pub const fn cookie(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true, kind)
    }

    /// The same parameter in another style.
    pub const fn style(self, style: Style, explode: bool) -> Self {
        Self { encoding: Encoding::Styled { style, explode }, ..self }
    }

    /// The same parameter, written as a JSON document.
    pub const fn json(self) -> Self {
        Self { encoding: Encoding::Json, ..self }
    }

    /// The same parameter, which must be present.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same parameter with these rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// The same parameter with a default, as JSON.
    pub const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}
