//! Turns operations into methods, request values and return types.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as OpenApiParameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, Schema,
};

use serde_json::Value;

use super::bodies::success_kinds;
use super::context::Context;
use super::properties::query_style;
use super::{checks, error_responses, paging, properties, responses};
use crate::config::Styles;
use crate::document::{Endpoint, path_names, resolve, schema_of};
use crate::idempotency;
use crate::kind::{Kind, kind_of};
use crate::media::{Media, media};
use crate::model::{Action, Body, Docs, Encoding, Location, Operation, Parameter, Rule, Safety, Style};
use crate::naming::{self, Names, Route, snake, unused};
use crate::origin;
use crate::security;
use crate::servers;
use crate::source::join;

/// Methods of every request value, which are reserved as names of parameters.
const RESERVED: [&str; 21] = [
    "client",
    "options",
    "body",
    "timeout",
    "deadline",
    "max_retries",
    "extra_header",
    "extra_query",
    "with_response",
    "call",
    "sent",
    "send",
    "download",
    "save_to",
    "events",
    "lines",
    "begin",
    "pages",
    "rows",
    "stream",
    "into_future",
];

/// The number of characters of a UUID.
const UUID_LENGTH: usize = 36;

/// Methods of every resource, and methods of every value that would be called in place of one that borrows it.
const METHODS: [&str; 4] = ["new", "clone", "into", "try_into"];

/// Returns the operations of a resource. Their methods and request values have distinct names, also distinct from the
/// resource's own.
pub(super) fn of_resource(
    context: &Context<'_>,
    endpoints: &[Endpoint<'_>],
    tag: &str,
    type_name: &str,
) -> Vec<Operation> {
    let mut methods = Names::of(METHODS);
    let mut values = Names::of([type_name]);
    let mut constants = Names::default();
    let operations = endpoints.iter().map(|endpoint| {
        let method = free_method(context, endpoint, tag, &mut methods);
        let value = values.unused(&naming::type_name(&method));
        let response = values.unused(&format!("{value}Response"));
        let id = endpoint.operation.operation_id.as_deref().unwrap_or_default();
        let constant = constants.unused(&naming::constant(id));
        build(context, endpoint, Called { method, value, response, constant })
    });
    operations.collect()
}

/// Returns the name of a method: from the settings, or without the words of the resource. If the short name is taken,
/// it is the full name.
fn free_method(context: &Context<'_>, endpoint: &Endpoint<'_>, tag: &str, methods: &mut Names) -> String {
    let id = endpoint.operation.operation_id.as_deref().unwrap_or_default();
    let chosen = context.config.operations.get(id).and_then(|settings| settings.method.clone());
    let own = naming::own_name(id, endpoint.method, endpoint.path);
    let verbal = naming::with_verb(own, route(context, endpoint));
    let own = verbal.as_deref().unwrap_or(own);
    let short = chosen.unwrap_or_else(|| naming::method(own, tag));
    let names = [short, snake(own), snake(id)];
    let name = names.iter().find(|name| !methods.contains(name)).unwrap_or(&names[2]);
    methods.unused(name)
}

fn route<'e>(context: &Context<'_>, endpoint: &Endpoint<'e>) -> Route<'e> {
    Route {
        method: endpoint.method,
        path: endpoint.path,
        returns_list: success_kinds(endpoint.operation).iter().any(|kind| context.is_list(kind)),
        has_items: context.parents.contains(endpoint.path.trim_end_matches('/')),
    }
}

/// The names that belong to an operation.
struct Called {
    method: String,
    /// The type of the request value.
    value: String,
    /// The enumeration of its responses, if it has several.
    response: String,
    constant: String,
}

fn build(context: &Context<'_>, endpoint: &Endpoint<'_>, called: Called) -> Operation {
    let Called { method, value, response, constant } = called;
    let operation = endpoint.operation;
    let id = operation.operation_id.clone().unwrap_or_default();
    let mut parameters = parameters(context, endpoint);
    let safety = safety(endpoint.method);
    let idempotency_key = idempotency_key(context, safety, &mut parameters);
    let response = responses::build(context, endpoint, response);
    Operation {
        pointer: origin::of(operation).to_owned(),
        verb: endpoint.verb(),
        path: endpoint.path.to_owned(),
        docs: Docs { summary: operation.summary.clone(), description: operation.description.clone() },
        deprecated: operation.deprecated,
        server: servers::other_url(endpoint, context.base_url.as_deref()),
        safety,
        idempotency_key,
        confirm: context.config.command.confirm.iter().any(|confirmed| *confirmed.get_ref() == id),
        unauthenticated: security::is_unauthenticated(context.openapi, operation, &context.schemes),
        constant,
        value,
        method,
        body: body(context, endpoint, &parameters),
        paging: paging::build(context, endpoint, &parameters, &response),
        accept: responses::accept(operation),
        stream: responses::stream(context, operation),
        redirects: responses::redirects(operation),
        response,
        error_responses: error_responses::build(context, operation),
        parameters,
        action: Action::Other,
        sample: None,
        example: None,
        id,
    }
}

/// Returns the safety of an HTTP method (RFC 9110, section 9.2).
fn safety(method: &str) -> Safety {
    match method {
        "get" | "head" | "options" | "trace" | "QUERY" => Safety::Safe,
        "put" | "delete" => Safety::Idempotent,
        _ => Safety::NotIdempotent,
    }
}

/// Returns the header with the idempotency key. Callers need not set it: the client does.
fn idempotency_key(context: &Context<'_>, safety: Safety, parameters: &mut [Parameter]) -> Option<String> {
    let is_key = |parameter: &&mut Parameter| {
        parameter.location == Location::Header
            && idempotency::is_key(context.config, &parameter.wire)
            && matches!(parameter.kind, Kind::Text | Kind::Uuid)
            && parameter.rules.iter().all(fits_uuid)
    };
    let parameter = parameters.iter_mut().filter(|_| safety == Safety::NotIdempotent).find(is_key)?;
    parameter.required = false;
    Some(parameter.wire.clone())
}

/// Whether every UUID follows a rule.
fn fits_uuid(rule: &Rule) -> bool {
    match rule {
        Rule::MinLength(least) => *least <= UUID_LENGTH,
        Rule::MaxLength(most) => *most >= UUID_LENGTH,
        _ => false,
    }
}

fn parameters(context: &Context<'_>, endpoint: &Endpoint<'_>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut names = Names::of(RESERVED);
    for parameter in path_first(endpoint) {
        let name = names.unused(&snake(&parameter.parameter_data_ref().name));
        parameters.push(self::parameter(context, name, parameter));
    }
    parameters
}

/// Returns the path parameters in the order of the path, then the others in document order.
fn path_first<'a>(endpoint: &Endpoint<'a>) -> Vec<&'a OpenApiParameter> {
    let names = path_names(endpoint.path);
    let mut parameters: Vec<_> = endpoint.operation.parameters.iter().filter_map(ReferenceOr::as_item).collect();
    parameters.sort_by_key(|parameter| match parameter {
        OpenApiParameter::Path { parameter_data, .. } => names.iter().position(|name| *name == parameter_data.name),
        _ => Some(names.len()),
    });
    parameters
}

fn parameter(context: &Context<'_>, name: String, parameter: &OpenApiParameter) -> Parameter {
    let data = parameter.parameter_data_ref();
    let schema = schema_of(data);
    let kind = schema.map_or(Kind::Text, kind_of).without_nulls();
    let (location, encoding) = encoding(context.config.styles, parameter, context.is_structured(&kind));
    Parameter {
        wire: data.name.clone(),
        pointer: origin::of(parameter).to_owned(),
        name,
        docs: data.description.clone(),
        deprecated: data.deprecated.unwrap_or(false),
        kind,
        location,
        encoding,
        required: data.required || location == Location::Path,
        rules: schema.map(checks::rules).unwrap_or_default(),
        default: schema.and_then(default),
        allow_reserved: matches!(parameter, OpenApiParameter::Query { allow_reserved: true, .. }),
        example: example(data),
    }
}

/// Whether the value of a parameter is a JSON document.
fn is_json(data: &ParameterData) -> bool {
    let ParameterSchemaOrContent::Content(content) = &data.format else { return false };
    content.keys().next().is_some_and(|name| media(name) == Media::Json)
}

/// Returns the location and the encoding of a parameter. Outside the path, all styles encode a scalar alike.
fn encoding(styles: Styles, parameter: &OpenApiParameter, structured: bool) -> (Location, Encoding) {
    let (location, style, exploded) = match parameter {
        OpenApiParameter::Path { style, .. } => match style {
            PathStyle::Simple => (Location::Path, Style::Simple, false),
            PathStyle::Label => (Location::Path, Style::Label, false),
            PathStyle::Matrix => (Location::Path, Style::Matrix, false),
        },
        OpenApiParameter::Query { style, .. } if structured => {
            let explode = matches!(style, QueryStyle::Form | QueryStyle::DeepObject);
            (Location::Query, query_style(styles, Some(style)), explode)
        }
        OpenApiParameter::Query { .. } => (Location::Query, Style::Form, true),
        OpenApiParameter::Header { style: HeaderStyle::Simple, .. } => (Location::Header, Style::Simple, false),
        OpenApiParameter::Cookie { style: CookieStyle::Form, .. } => (Location::Cookie, Style::Form, true),
    };
    let data = parameter.parameter_data_ref();
    if is_json(data) {
        return (location, Encoding::Json);
    }
    let explode = data.explode.filter(|_| structured).unwrap_or(exploded);
    (location, Encoding::Styled { style, explode })
}

fn default(schema: &ReferenceOr<Schema>) -> Option<String> {
    schema.as_item()?.schema_data.default.as_ref().map(ToString::to_string)
}

/// Returns the example of a parameter, or the first of several.
fn example(data: &ParameterData) -> Option<Value> {
    let named = || data.examples.values().find_map(|example| example.as_item()?.value.clone());
    data.example.clone().or_else(named)
}

fn body(context: &Context<'_>, endpoint: &Endpoint<'_>, parameters: &[Parameter]) -> Option<Body> {
    let (media, kind) = context.media(endpoint.operation)?;
    let body = resolve(context.openapi, endpoint.operation.request_body.as_ref()?)?;
    let media_type = body.content.values().next()?;
    let object = kind.named().and_then(|name| context.object(name));
    let properties = object.map(|object| properties::encodings(context, &media, media_type, object));
    let parts = object
        .filter(|_| media == Media::Multipart)
        .map(|object| properties::parts(&context.config.rename, kind.named().unwrap_or_default(), media_type, object));
    let argument = kind.named().map_or("body".to_owned(), |name| snake(name.trim_start_matches("Request")));
    let taken: Vec<_> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    Some(Body {
        pointer: join(origin::of(endpoint.operation), "requestBody"),
        argument: unused(argument, &taken),
        required: body.required,
        properties: properties.unwrap_or_default(),
        parts: parts.unwrap_or_default(),
        media_type: context.media_type(endpoint.operation, &media),
        media,
        kind,
    })
}
