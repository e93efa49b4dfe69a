//! Operations → methods, request values and what they give.

use openapiv3::{
    Parameter as OpenApiParameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
};

use serde_json::Value;

use super::context::Context;
use super::{checks, failures, paging, responses};
use crate::document::{Place, path_names, schema_of};
use crate::kind::{Kind, kind_of};
use crate::media::{Media, media};
use crate::model::{Action, Argument, Body, Docs, Location, Operation, Parameter, Style, Text};
use crate::naming::{self, Names, snake, unused};
use crate::origin;
use crate::security;
use crate::servers;
use crate::source::join;

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
    let mut methods = Names::of(METHODS);
    let mut values = Names::of([type_name]);
    let operations = places.iter().map(|place| {
        let method = free_method(context, place, tag, &mut methods);
        let value = values.unused(&naming::type_name(&method));
        let answer = values.unused(&format!("{value}Answer"));
        build(context, place, method, value, answer)
    });
    operations.collect()
}

/// The method of an operation: as chosen, or without the words of its resource, or in full where that is another's.
fn free_method(context: &Context<'_>, place: &Place<'_>, tag: &str, methods: &mut Names) -> String {
    let id = place.operation.operation_id.as_deref().unwrap_or_default();
    let chosen = context.config.operations.get(id).and_then(|settings| settings.method.clone());
    let short = chosen.unwrap_or_else(|| naming::method(id, tag));
    let name = if methods.contains(&short) { snake(id) } else { short };
    methods.unused(&name)
}

fn build(context: &Context<'_>, place: &Place<'_>, method: String, value: String, answer: String) -> Operation {
    let operation = place.operation;
    let id = operation.operation_id.clone().unwrap_or_default();
    let parameters = parameters(context, place);
    let body = body(context, place);
    let response = responses::build(context, place, answer);
    Operation {
        pointer: origin::of(operation).to_owned(),
        verb: place.method.to_uppercase(),
        path: place.path.to_owned(),
        docs: Docs { summary: operation.summary.clone(), description: operation.description.clone() },
        deprecated: operation.deprecated,
        server: servers::other_url(place, context.base_url.as_deref()),
        keyless: security::is_keyless(context.openapi, place, context.scheme),
        value,
        method,
        raw: snake(&id),
        arguments: arguments(place.path, &parameters, body.as_ref().is_some_and(|body| body.media == Media::Json)),
        body,
        paging: paging::build(context, &parameters, &response),
        accept: responses::accept(operation),
        response,
        failures: failures::build(context, operation),
        parameters,
        action: Action::Other,
        sample: None,
        example: None,
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
    let mut names = Names::of(RESERVED);
    for parameter in path_first(place) {
        let name = names.unused(&snake(&parameter.parameter_data_ref().name));
        parameters.push(self::parameter(context, name, parameter));
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

fn parameter(context: &Context<'_>, name: String, parameter: &OpenApiParameter) -> Parameter {
    let data = parameter.parameter_data_ref();
    let schema = schema_of(data);
    let kind = schema.map_or(Kind::Text, kind_of).without_nulls();
    let structured = match &kind {
        Kind::List(item) => context.is_structured(item),
        kind => context.is_structured(kind),
    };
    let (location, text) = if is_json(data) {
        (whole(parameter), Text::Json)
    } else {
        (location(parameter, &kind, structured), if structured { Text::Plain } else { Text::Own })
    };
    Parameter {
        wire: data.name.clone(),
        pointer: origin::of(parameter).to_owned(),
        name,
        docs: data.description.clone(),
        deprecated: data.deprecated.unwrap_or(false),
        text,
        kind,
        location,
        required: data.required || location.is_path(),
        rules: schema.map(checks::rules).unwrap_or_default(),
        default: schema.and_then(default),
        example: example(data),
    }
}

/// Whether the value of a parameter is a JSON document.
fn is_json(data: &ParameterData) -> bool {
    let ParameterSchemaOrContent::Content(content) = &data.format else { return false };
    content.keys().next().is_some_and(|name| media(name) == Media::Json)
}

/// Where a parameter is that is one text.
fn whole(parameter: &OpenApiParameter) -> Location {
    match parameter {
        OpenApiParameter::Path { .. } => Location::Path,
        OpenApiParameter::Query { .. } => Location::Query,
        OpenApiParameter::Header { .. } => Location::Header,
        OpenApiParameter::Cookie { .. } => Location::Cookie,
    }
}

fn location(parameter: &OpenApiParameter, kind: &Kind, structured: bool) -> Location {
    let is_list = matches!(kind, Kind::List(_));
    let is_object = structured && !is_list;
    let explode = parameter.parameter_data_ref().explode.unwrap_or(false);
    match parameter {
        OpenApiParameter::Path { style: PathStyle::Label, .. } => Location::PathStyled { style: Style::Label, explode },
        OpenApiParameter::Path { style: PathStyle::Matrix, .. } => {
            Location::PathStyled { style: Style::Matrix, explode }
        }
        OpenApiParameter::Path { .. } if is_object => Location::PathStyled { style: Style::Simple, explode },
        OpenApiParameter::Path { .. } if is_list => Location::PathList,
        OpenApiParameter::Header { .. } if is_object => Location::HeaderFields { explode },
        OpenApiParameter::Header { .. } if is_list => Location::HeaderList,
        OpenApiParameter::Cookie { .. } if is_list => Location::CookieList,
        OpenApiParameter::Query { style: QueryStyle::DeepObject, .. } if is_object => Location::Deep,
        OpenApiParameter::Query { .. } if is_object => Location::Fields,
        OpenApiParameter::Query { style, parameter_data, .. } if is_list => {
            list_location(style, parameter_data.explode)
        }
        _ => whole(parameter),
    }
}

fn default(schema: &ReferenceOr<Schema>) -> Option<String> {
    schema.as_item()?.schema_data.default.as_ref().map(ToString::to_string)
}

/// The example of a parameter, or the first of several.
fn example(data: &ParameterData) -> Option<Value> {
    let named = || data.examples.values().find_map(|example| example.as_item()?.value.clone());
    data.example.clone().or_else(named)
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
        pointer: join(origin::of(place.operation), "requestBody"),
        argument: unused(argument, &taken),
        media_type: context.media_type(place.operation).filter(|_| media == Media::Json),
        media,
        checked: context.knows_rules(&kind),
        kind,
    })
}
