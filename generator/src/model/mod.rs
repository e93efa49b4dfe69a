//! The API as the generated crate shows it. Every decision is made here: names, types, optionality, pages, checks.

use serde_json::Value;

use crate::kind::Kind;
use crate::media::Media;
pub(crate) use crate::security::Auth;

pub(crate) mod build;
mod checks;
mod collections;
mod context;
mod examples;
mod failures;
mod files;
mod operations;
mod paging;
mod responses;
mod schemas;
mod unions;
mod webhooks;

/// Everything that the emitters need.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) policy: Policy,
    pub(crate) resources: Vec<Resource>,
    pub(crate) schemas: Vec<Schema>,
    pub(crate) collections: Vec<Collection>,
    /// What the API sends by itself, if anything.
    pub(crate) webhooks: Option<Webhooks>,
    /// Where every path of the API begins.
    pub(crate) base_path: String,
    pub(crate) pages: Option<Pages>,
    /// The properties around every success body: the flag and the data.
    pub(crate) envelope: Option<(String, String)>,
    /// What examples call the crate, if there are to be any.
    pub(crate) library: Option<String>,
}

/// How lists are cut into pages, by names in requests and bodies.
#[allow(clippy::struct_field_names, reason = "the names are those of the settings")]
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) page_parameter: String,
    pub(crate) limit_parameter: String,
    pub(crate) property: String,
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

/// The objects of one type that operations list, read, make and change.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Their schema.
    pub(crate) schema: String,
    /// The own fields of one of them, as JSON.
    pub(crate) sample: String,
    /// The field that tells them apart.
    pub(crate) key: String,
    pub(crate) relations: Vec<Relation>,
    pub(crate) aliases: Vec<Alias>,
}

/// A field that holds an object of a collection.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) field: String,
    pub(crate) collection: usize,
    /// Which relations the object shows where it is embedded.
    pub(crate) inner: Vec<Relation>,
}

/// Another name for a field of a list's items.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) name: String,
    pub(crate) list: String,
    pub(crate) field: String,
}

/// What an operation does with a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    List(usize),
    Get(usize),
    Create(usize),
    Update(usize),
    Delete(usize),
    /// Something of its own: it can only be answered with a sample.
    Other,
}

/// What the API sends by itself.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// The property of every body that names the event.
    pub(crate) name: String,
    /// The one that holds what the event is about.
    pub(crate) data: String,
    pub(crate) events: Vec<Webhook>,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Its name on the wire.
    pub(crate) event: String,
    /// Its variant.
    pub(crate) variant: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// What it is about.
    pub(crate) payload: Kind,
    /// A body, as JSON.
    pub(crate) sample: Option<String>,
}

/// What the runtime is told about the API.
#[derive(Debug)]
pub(crate) struct Policy {
    /// Empty if the document names no server.
    pub(crate) base_url: String,
    pub(crate) api_key_variable: String,
    pub(crate) base_url_variable: String,
    pub(crate) auth: Auth,
    pub(crate) failure_flag: String,
    pub(crate) failure_message: String,
    pub(crate) failure_code: String,
    pub(crate) rate_limit: Option<(u32, u64)>,
}

/// The operations of one tag.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The name of its module, and of the method that leads to it.
    pub(crate) module: String,
    pub(crate) type_name: String,
    pub(crate) tag: String,
    pub(crate) docs: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
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

/// The inputs of an example, as JSON.
#[derive(Debug)]
pub(crate) struct Example {
    /// Those of parameters, by their index.
    pub(crate) parameters: Vec<(usize, Value)>,
    pub(crate) body: Option<Value>,
}

/// How a list is read page by page. Fields are those of the request value.
#[derive(Debug)]
pub(crate) struct Paging {
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
    pub(crate) docs: Option<String>,
    /// What its body is, if it is JSON of some type.
    pub(crate) kind: Option<Kind>,
}

/// A named type.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) home: Home,
    pub(crate) shape: Shape,
}

/// Which file a type lives in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// That of a resource, by its module.
    Resource(String),
    /// That of what no resource uses.
    Common,
    /// With the raw operations: an envelope, which users never see.
    Raw,
}

#[derive(Debug)]
pub(crate) enum Shape {
    Object(Box<Object>),
    Enumeration(Enumeration),
    Union(Union),
    /// What the base library makes of it.
    Other,
}

/// A text with known values.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) variants: Vec<Variant>,
    /// Whether the document says that there are no others.
    pub(crate) closed: bool,
}

/// One of several types.
#[derive(Debug)]
pub(crate) struct Union {
    /// The property that says which; none if a value has to be tried.
    pub(crate) tag: Option<String>,
    /// Whether users make values of it.
    pub(crate) constructed: bool,
    pub(crate) members: Vec<Member>,
}

/// A type that the values of a union may have.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its variant.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whether there may be values of the union in it.
    pub(crate) boxed: bool,
    /// What the union's property says for it.
    pub(crate) tags: Vec<String>,
    /// Its properties.
    pub(crate) keys: Vec<String>,
    /// Whether it knows its own rules.
    pub(crate) checked: bool,
}

/// A type with fields.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// The field that keeps what the document does not know.
    pub(crate) extra: Option<String>,
    /// Whether users make values of it.
    pub(crate) constructed: bool,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) envelope: Option<Envelope>,
    pub(crate) pagination: Option<PaginationFields>,
}

impl Object {
    /// The name in JSON of a field.
    pub(crate) fn wire<'a>(&'a self, name: &'a str) -> &'a str {
        self.fields.iter().find(|field| field.name == name).map_or(name, |field| field.wire.as_str())
    }
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) name: String,
    /// The method that sets it.
    pub(crate) setter: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    pub(crate) presence: Presence,
    pub(crate) rules: Vec<Rule>,
    /// What is inside knows its own rules.
    pub(crate) checked: bool,
}

/// Whether a value has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is always there.
    Required,
    /// It is always there, and may be null.
    RequiredNullable,
    /// It may be absent; null says the same.
    Optional,
    /// It may be absent, and null says something else.
    OptionalNullable,
}

/// A field that another one's value makes required.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) when: String,
    pub(crate) when_required: bool,
    pub(crate) is: Vec<String>,
}

/// An object that wraps the data of a response.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) success: String,
    pub(crate) data: String,
    pub(crate) content: Kind,
    /// The field that says where a page stands.
    pub(crate) pagination: Option<String>,
}

/// The fields of the object that says where a page stands.
#[derive(Debug)]
pub(crate) struct PaginationFields {
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) wire: String,
}

/// A summary line and what follows it.
#[derive(Debug)]
pub(crate) struct Docs {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
}

/// A documented rule about one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    Minimum(Bound),
    ExclusiveMinimum(Bound),
    Maximum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    Email,
}

/// An exact number: `digits` with the decimal point `scale` places from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) digits: i64,
    pub(crate) scale: u32,
}
