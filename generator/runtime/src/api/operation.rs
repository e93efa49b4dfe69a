//! The operations of an API: method, path, inputs and output.

use http::Method;
use http::method::InvalidMethod;

use super::{Kind, Listing, Rule};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation id, as in the document.
    pub id: &'static str,
    /// The HTTP method, such as `GET`.
    pub method: &'static str,
    /// The path template, such as `/things/{id}`. It is safe to log.
    pub path: &'static str,
    /// Whether a call may be retried.
    pub safety: Safety,
    /// The header with the idempotency key: the API processes several requests with the same key once.
    pub idempotency_key: Option<&'static str>,
    /// Whether a person should confirm the call, for example because it pays someone.
    pub confirm: bool,
    /// Whether the call is sent without the API key.
    pub unauthenticated: bool,
    /// The operation's own server, if it has one.
    pub server: Option<&'static str>,
    /// The value of the `accept` header.
    pub accept: &'static str,
    /// Path parameters in the order of the path, then the others in the order of the document.
    pub parameters: &'static [Parameter],
    /// The request body.
    pub body: Option<Body>,
    /// The body of a success response.
    pub output: Output,
    /// The boolean property of the JSON body that requests a stream in place of the response.
    pub stream_property: Option<&'static str>,
    /// The statuses of documented redirects, which count as successes.
    pub redirects: &'static [u16],
    /// How to read all pages of the list, if it has pages outside an envelope.
    pub listing: Option<Listing>,
}

/// Whether a call may be retried (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The call only reads.
    Safe,
    /// Several calls have the same effect as one.
    Idempotent,
    /// Every call may have an effect of its own.
    NotIdempotent,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name in requests.
    pub name: &'static str,
    /// The place in the request.
    pub location: Location,
    /// The serialization of lists and objects.
    pub encoding: Encoding,
    /// The type of the value.
    pub kind: Kind,
    /// Whether the parameter is required.
    pub required: bool,
    /// The rules for the value.
    pub rules: &'static [Rule],
    /// The API's default, as JSON.
    pub default: Option<&'static str>,
    /// Whether reserved characters without a meaning in the query are not escaped.
    pub allow_reserved: bool,
}

/// The place of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the header with its name.
    Header,
    /// In the cookie with its name.
    Cookie,
}

/// The serialization of a value in its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As text in a style; `explode` separates the items of a list, or the fields of an object.
    Styled {
        /// The style.
        style: Style,
        /// Whether items and fields are separate.
        explode: bool,
    },
    /// As JSON.
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
    /// `name[field]=a`, and lists as `name[field][]=a` (query, forms)
    DeepObject,
    /// Like `DeepObject`, with lists as `name[field][0]=a`
    DeepObjectIndices,
    /// Like `DeepObject`, with lists as `name[field]=a&name[field]=b`
    DeepObjectRepeated,
}

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// The serialization of the body.
    pub media: Media,
    /// The media type; for multipart bodies without the boundary.
    pub media_type: &'static str,
    /// The type of the body.
    pub kind: Kind,
    /// Whether the body is required.
    pub required: bool,
    /// Properties with an encoding other than the default.
    pub properties: &'static [PropertyEncoding],
}

/// The encoding of a form property or a part: the Encoding Object of the `OpenAPI` specification.
#[derive(Clone, Copy, Debug)]
pub struct PropertyEncoding {
    /// The name of the property.
    pub name: &'static str,
    /// The serialization of lists and objects in a form.
    pub encoding: Encoding,
    /// Whether reserved characters are not escaped in a form.
    pub allow_reserved: bool,
    /// The media type of the part.
    pub media_type: Option<&'static str>,
}

/// The serialization of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// As JSON.
    Json,
    /// As a form.
    Form,
    /// As multipart.
    Multipart,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// The body of a success response.
#[derive(Clone, Copy, Debug)]
pub enum Output {
    /// No body.
    Empty,
    /// JSON.
    Json(Kind),
    /// JSON inside the envelope.
    Enveloped(Kind),
    /// A page of a list inside the envelope.
    Page {
        /// The type of a row.
        row: Kind,
        /// Whether all pages of the list can be read.
        complete: bool,
    },
    /// JSON of one of several types.
    Choice,
    /// A stream of events with data of this type.
    Events(Kind),
    /// A stream of JSON values of this type, one per line.
    Lines(Kind),
    /// Any other body.
    File,
}

impl Operation {
    /// Returns an operation without parameters, body and response.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str, safety: Safety) -> Self {
        Self {
            id,
            method,
            path,
            safety,
            idempotency_key: None,
            confirm: false,
            unauthenticated: false,
            server: None,
            accept: "application/json",
            parameters: &[],
            body: None,
            output: Output::Empty,
            stream_property: None,
            redirects: &[],
            listing: None,
        }
    }

    /// Returns the method for the HTTP client; an error if it is not a token.
    pub(crate) fn http_method(&self) -> Result<Method, InvalidMethod> {
        Method::from_bytes(self.method.as_bytes())
    }

    /// Sets the header with the idempotency key.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Marks the operation as one that a person should confirm.
    #[must_use]
    pub const fn confirm(mut self) -> Self {
        self.confirm = true;
        self
    }

    /// Marks the operation as unauthenticated.
    #[must_use]
    pub const fn unauthenticated(mut self) -> Self {
        self.unauthenticated = true;
        self
    }

    /// Sets the operation's own server.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// Sets the value of the `accept` header.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Sets the parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Adds a required body.
    #[must_use]
    pub const fn body(mut self, media: Media, media_type: &'static str, kind: Kind) -> Self {
        self.body = Some(Body { media, media_type, kind, required: true, properties: &[] });
        self
    }

    /// Makes the body optional.
    #[must_use]
    pub const fn optional_body(mut self) -> Self {
        if let Some(body) = &mut self.body {
            body.required = false;
        }
        self
    }

    /// Sets the properties with an encoding other than the default.
    #[must_use]
    pub const fn properties(mut self, properties: &'static [PropertyEncoding]) -> Self {
        if let Some(body) = &mut self.body {
            body.properties = properties;
        }
        self
    }

    /// Sets the body of a success response.
    #[must_use]
    pub const fn output(mut self, output: Output) -> Self {
        self.output = output;
        self
    }

    /// Sets the property of the body that requests a stream.
    #[must_use]
    pub const fn stream_property(mut self, property: &'static str) -> Self {
        self.stream_property = Some(property);
        self
    }

    /// Sets the redirects that count as successes.
    #[must_use]
    pub const fn redirects(mut self, redirects: &'static [u16]) -> Self {
        self.redirects = redirects;
        self
    }

    /// Sets how to read all pages of the list.
    #[must_use]
    pub const fn listing(mut self, listing: Listing) -> Self {
        self.listing = Some(listing);
        self
    }

    /// Returns the parameter with this name in this location.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.location == location && parameter.name == name)
    }
}

impl Body {
    /// Returns the encoding of a property, unless it is the default.
    pub(crate) fn property(&self, name: &str) -> Option<&'static PropertyEncoding> {
        self.properties.iter().find(|property| property.name == name)
    }
}

impl PropertyEncoding {
    /// Returns a property in the style `form`, exploded.
    pub const fn new(name: &'static str) -> Self {
        let encoding = Encoding::Styled { style: Style::Form, explode: true };
        Self { name, encoding, allow_reserved: false, media_type: None }
    }

    /// Sets the style.
    pub const fn style(self, style: Style, explode: bool) -> Self {
        Self { encoding: Encoding::Styled { style, explode }, ..self }
    }

    /// Serializes the value as JSON.
    pub const fn json(self) -> Self {
        Self { encoding: Encoding::Json, ..self }
    }

    /// Leaves reserved characters unescaped.
    pub const fn allow_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Sets the media type of the part.
    pub const fn media_type(self, media_type: &'static str) -> Self {
        Self { media_type: Some(media_type), ..self }
    }
}

impl Safety {
    /// Returns the safety of an HTTP method.
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
        Self { name, location, encoding, kind, required: false, rules: &[], default: None, allow_reserved: false }
    }

    /// Returns a path parameter, in the style `simple`.
    pub const fn path(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Path, Style::Simple, false, kind).required()
    }

    /// Returns a query parameter, in the style `form`, exploded.
    pub const fn query(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Query, Style::Form, true, kind)
    }

    /// Returns a header parameter, in the style `simple`.
    pub const fn header(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Header, Style::Simple, false, kind)
    }

    /// Returns a cookie parameter, in the style `form`.
    pub const fn cookie(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true, kind)
    }

    /// Sets the style.
    pub const fn style(self, style: Style, explode: bool) -> Self {
        Self { encoding: Encoding::Styled { style, explode }, ..self }
    }

    /// Serializes the value as JSON.
    pub const fn json(self) -> Self {
        Self { encoding: Encoding::Json, ..self }
    }

    /// Makes the parameter required.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Sets the rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// Leaves reserved characters unescaped.
    pub const fn allow_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Sets the API's default, as JSON.
    pub const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}
