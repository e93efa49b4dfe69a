//! Operations → methods, request values and what they give.

use openapiv3::{Parameter as OpenApiParameter, ParameterSchemaOrContent, QueryStyle, ReferenceOr, Schema};

use super::context::Context;
use super::{Action, Argument, Body, Docs, Location, Operation, Parameter, Response, checks, paging};
use crate::document::{Place, path_names};
use crate::kind::{Kind, kind_of};
use crate::media::Media;
use crate::naming::{self, snake, unused};
use crate::security;
use crate::servers;

/// Methods that every request value has, so that no parameter can be called like them.
const RESERVED: [&str; 15] = [
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
    "send",
    "pages",
    "rows",
    "stream",
    "into_future",
];

/// Methods that a resource has anyway.
const METHODS: [&str; 2] = ["new", "clone"];

/// The operations of a resource. Methods and request values are called differently from each other and from its own type.
pub(super) fn of_resource(context: &Context<'_>, places: &[Place<'_>], tag: &str, type_name: &str) -> Vec<Operation> {
    let mut methods: Vec<String> = METHODS.map(str::to_owned).to_vec();
    let mut values = vec![type_name.to_owned()];
    let operations = places.iter().map(|place| {
        let method = free_method(context, place, tag, &methods);
        let taken: Vec<_> = values.iter().map(String::as_str).collect();
        let value = unused(naming::type_name(&method), &taken);
        methods.push(method.clone());
        values.push(value.clone());
        build(context, place, method, value)
    });
    operations.collect()
}

/// The method of an operation: as chosen, or without the words of its resource, or in full where that is another's.
fn free_method(context: &Context<'_>, place: &Place<'_>, tag: &str, taken: &[String]) -> String {
    let id = place.operation.operation_id.as_deref().unwrap_or_default();
    let chosen = context.config.operations.get(id).and_then(|settings| settings.method.clone());
    let short = chosen.unwrap_or_else(|| naming::method(id, tag));
    let name = if taken.contains(&short) { snake(id) } else { short };
    let taken: Vec<_> = taken.iter().map(String::as_str).collect();
    unused(name, &taken)
}

fn build(context: &Context<'_>, place: &Place<'_>, method: String, value: String) -> Operation {
    let operation = place.operation;
    let id = operation.operation_id.clone().unwrap_or_default();
    let parameters = parameters(context, place);
    let body = body(context, place);
    let response = response(context, place);
    Operation {
        verb: place.method.to_uppercase(),
        path: place.path.to_owned(),
        docs: Docs { summary: operation.summary.clone(), description: operation.description.clone() },
        deprecated: operation.deprecated,
        server: servers::other_url(context.openapi, place),
        keyless: security::is_keyless(context.openapi, place),
        value,
        method,
        raw: snake(&id),
        arguments: arguments(place.path, &parameters, body.as_ref().is_some_and(|body| body.media == Media::Json)),
        body,
        paging: paging::build(context, &parameters, &response),
        accept: context.accept(operation),
        response,
        parameters,
        action: Action::Other,
        sample: None,
        id,
    }
}

/// The order in which the base library takes them: path as in the template, query by name, body.
fn arguments(path: &str, parameters: &[Parameter], has_body: bool) -> Vec<Argument> {
    let names = path_names(path);
    let mut order: Vec<usize> = (0..parameters.len()).filter(|index| parameters[*index].location.is_raw()).collect();
    order.sort_by_key(|index| {
        let Parameter { location, wire, .. } = &parameters[*index];
        if location.is_path() {
            (0, names.iter().position(|name| name == wire).unwrap_or(names.len()), "")
        } else {
            (1, 0, wire.as_str())
        }
    });
    order.into_iter().map(Argument::Parameter).chain(has_body.then_some(Argument::Body)).collect()
}

fn parameters(context: &Context<'_>, place: &Place<'_>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for parameter in path_first(place) {
        let ParameterSchemaOrContent::Schema(schema) = &parameter.parameter_data_ref().format else { continue };
        let taken: Vec<_> = parameters.iter().map(|parameter| parameter.name.as_str()).chain(RESERVED).collect();
        let name = unused(snake(&parameter.parameter_data_ref().name), &taken);
        parameters.push(self::parameter(context, name, parameter, schema));
    }
    parameters
}

/// The path parameters as in the path, then the others as in the document.
fn path_first<'a>(place: &Place<'a>) -> Vec<&'a OpenApiParameter> {
    let names = path_names(place.path);
    let mut parameters: Vec<_> = place.operation.parameters.iter().filter_map(ReferenceOr::as_item).collect();
    parameters.sort_by_key(|parameter| match parameter {
        OpenApiParameter::Path { parameter_data, .. } => names.iter().position(|name| *name == parameter_data.name),
        _ => Some(names.len()),
    });
    parameters
}

fn parameter(
    context: &Context<'_>,
    name: String,
    parameter: &OpenApiParameter,
    schema: &ReferenceOr<Schema>,
) -> Parameter {
    let data = parameter.parameter_data_ref();
    let kind = kind_of(schema).without_nulls();
    let structured = match &kind {
        Kind::List(item) => context.is_structured(item),
        kind => context.is_structured(kind),
    };
    let location = location(parameter, &kind, structured);
    Parameter {
        wire: data.name.clone(),
        name,
        docs: data.description.clone(),
        deprecated: data.deprecated.unwrap_or(false),
        structured,
        kind,
        location,
        required: data.required || location.is_path(),
        rules: checks::rules(schema),
        default: default(schema),
    }
}

fn location(parameter: &OpenApiParameter, kind: &Kind, structured: bool) -> Location {
    let is_list = matches!(kind, Kind::List(_));
    match parameter {
        OpenApiParameter::Path { .. } if is_list => Location::PathList,
        OpenApiParameter::Path { .. } => Location::Path,
        OpenApiParameter::Header { .. } if is_list => Location::HeaderList,
        OpenApiParameter::Header { .. } => Location::Header,
        OpenApiParameter::Cookie { .. } if is_list => Location::CookieList,
        OpenApiParameter::Cookie { .. } => Location::Cookie,
        OpenApiParameter::Query { style: QueryStyle::DeepObject, .. } if structured && !is_list => Location::Deep,
        OpenApiParameter::Query { .. } if structured && !is_list => Location::Fields,
        OpenApiParameter::Query { style, parameter_data, .. } if is_list => {
            list_location(style, parameter_data.explode)
        }
        OpenApiParameter::Query { .. } => Location::Query,
    }
}

fn default(schema: &ReferenceOr<Schema>) -> Option<String> {
    schema.as_item()?.schema_data.default.as_ref().map(ToString::to_string)
}

fn list_location(style: &QueryStyle, explode: Option<bool>) -> Location {
    match style {
        QueryStyle::Form | QueryStyle::DeepObject if explode.unwrap_or(true) => Location::Repeated,
        QueryStyle::Form | QueryStyle::DeepObject => Location::Joined(","),
        QueryStyle::SpaceDelimited => Location::Joined(" "),
        QueryStyle::PipeDelimited => Location::Joined("|"),
    }
}

fn body(context: &Context<'_>, place: &Place<'_>) -> Option<Body> {
    let (media, kind) = context.media(place.operation)?;
    let argument = kind.named().map_or("body".to_owned(), |name| snake(name.trim_start_matches("Request")));
    let taken = ["self", "client", "options"];
    Some(Body {
        argument: unused(argument, &taken),
        media_type: context.media_type(place.operation).filter(|_| media == Media::Json),
        media,
        checked: kind.named().is_some_and(|name| context.is_object(name)),
        kind,
    })
}

fn response(context: &Context<'_>, place: &Place<'_>) -> Response {
    let Some((media, kind)) = context.answer(place.operation) else { return Response::Empty };
    match media {
        Media::Json => {}
        Media::Text(_) => return Response::Text,
        Media::Form | Media::Multipart | Media::Bytes(_) => return Response::Bytes,
    }
    let wrapping = kind.named().filter(|name| context.internal.contains(*name));
    let Some((body, envelope)) = wrapping.and_then(|name| Some((name.to_owned(), context.object(name)?))) else {
        return Response::Plain(kind);
    };
    let data = context.envelope(envelope).map_or(Kind::Json, |data| kind_of(&data.clone().unbox()));
    match data {
        Kind::List(row) if context.has_pagination(envelope) => Response::Page { body, row: *row },
        data => Response::Enveloped { body, data },
    }
}
