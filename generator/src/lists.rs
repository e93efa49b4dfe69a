//! Finds the lists of several pages that generator.toml describes, in the normalised document.

use std::ops::Range;

use openapiv3::{
    ObjectType, OpenAPI, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema, SchemaKind, Type,
};
use toml::Spanned;

use crate::config::lists::{ListSettings, Source, Style};
use crate::document::{Endpoint, is_success, operations, resolve, schema_of};
use crate::kind::{Kind, alone, kind_of};
use crate::media::{Media, media};
use crate::near::perhaps;

/// The maximum number of references from a schema to the one that it stands for.
const DEPTH: usize = 32;

/// How messages name a response.
const RESPONSE: &str = "its response";

/// A list of several pages.
pub(crate) struct List<'a> {
    pub(crate) settings: &'a ListSettings,
    pub(crate) style: Style<'a>,
    /// The pointer to the array of rows.
    pub(crate) rows: String,
    /// Whether the array may be missing or null.
    pub(crate) may_lack_rows: bool,
    pub(crate) row: Kind,
    /// For a cursor in the body: whether it is a number.
    pub(crate) number_in_body: Option<bool>,
}

/// The reason why settings do not apply to an operation. Later reasons are nearer to a list.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Unfit {
    Method,
    Parameter(String),
    Rows(String),
    Value(String),
}

/// A problem in generator.toml: the bytes of the setting, and the message.
pub(crate) type Problem = (Range<usize>, String);

/// Returns how an operation's list is read; the first settings that apply decide.
pub(crate) fn of<'a>(openapi: &OpenAPI, settings: &'a [ListSettings], endpoint: &Endpoint<'_>) -> Option<List<'a>> {
    settings.iter().filter(|one| is_about(one, endpoint.operation)).find_map(|one| find(openapi, one, endpoint).ok())
}

/// Returns a problem for each operation to which its settings do not apply, and for settings that apply to none.
pub(crate) fn problems(openapi: &OpenAPI, settings: &[ListSettings]) -> Vec<Problem> {
    settings.iter().flat_map(|one| problems_of(openapi, one)).collect()
}

/// Returns the ids of the operations to which settings apply.
pub(crate) fn applied(openapi: &OpenAPI, settings: &ListSettings) -> Vec<String> {
    let fitting = operations(openapi).filter(|endpoint| find(openapi, settings, endpoint).is_ok());
    fitting.filter_map(|endpoint| endpoint.operation.operation_id.clone()).collect()
}

fn problems_of(openapi: &OpenAPI, settings: &ListSettings) -> Vec<Problem> {
    let tried = operations(openapi).filter(|endpoint| is_about(settings, endpoint.operation));
    let tried = tried.map(|endpoint| (endpoint.operation.operation_id.as_deref().unwrap_or_default(), endpoint));
    let tried: Vec<_> = tried.map(|(id, endpoint)| (id, find(openapi, settings, &endpoint).err())).collect();
    if let Some(named) = &settings.operations {
        let mut reasons: Vec<String> = Vec::new();
        let mut problems = Vec::new();
        for name in named {
            let unfit = tried.iter().find(|(id, _)| id == name.get_ref()).and_then(|(_, unfit)| unfit.as_ref());
            // A mistake in the settings is reported for one operation.
            if let Some(reason) = unfit.map(ToString::to_string).filter(|reason| !reasons.contains(reason)) {
                problems.push((name.span(), format!("`{name}` is not such a list: {reason}")));
                reasons.push(reason);
            }
        }
        return problems;
    }
    if tried.iter().any(|(_, unfit)| unfit.is_none()) {
        return Vec::new();
    }
    let nearest = tried.iter().max_by(|one, other| one.1.cmp(&other.1));
    let nearest = nearest.and_then(|(id, unfit)| Some(format!("; the nearest, `{id}`: {}", unfit.as_ref()?)));
    vec![(settings.place(), format!("no operation is such a list{}", nearest.unwrap_or_default()))]
}

fn is_about(settings: &ListSettings, operation: &Operation) -> bool {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    settings.operations.as_ref().is_none_or(|named| named.iter().any(|name| name.get_ref() == id))
}

fn find<'a>(openapi: &OpenAPI, settings: &'a ListSettings, endpoint: &Endpoint<'_>) -> Result<List<'a>, Unfit> {
    let style = settings.style().map_err(|_| Unfit::Method)?;
    if settings.operations.is_none() && !matches!(endpoint.method, "get" | "post") {
        return Err(Unfit::Method);
    }
    let mut number_in_body = None;
    match style {
        Style::Page(name) => query(endpoint.operation, name, true)?,
        Style::Offset(name) => query(endpoint.operation, name, false)?,
        Style::Cursor(name, _) => {
            if let Err(unfit) = query(endpoint.operation, name, false) {
                number_in_body = Some(in_body(openapi, endpoint.operation, name).ok_or(unfit)?);
            }
        }
        Style::Url(_) => {}
    }
    if let Some(size) = &settings.size {
        query(endpoint.operation, size, true)?;
    }
    // Without a parameter of its own, a POST reads nothing.
    if settings.operations.is_none() && endpoint.method == "post" && number_in_body.is_none() {
        return Err(Unfit::Method);
    }
    let (_, response) =
        success(openapi, endpoint.operation).ok_or_else(|| Unfit::Rows("it returns no JSON".to_owned()))?;
    let (rows, may_lack_rows, array) = rows(openapi, settings, &response)?;
    let Kind::List(row) = kind_of(&array) else { return Err(Unfit::Rows(format!("`{rows}` is not an array"))) };
    let items = items(&array);
    match style {
        Style::Cursor(_, source) | Style::Url(source) => match source {
            Source::Body(pointer) => drop(at(openapi, &response, pointer.get_ref(), RESPONSE).map_err(Unfit::Value)?),
            Source::LastRow(pointer) => {
                let items = items.ok_or_else(|| Unfit::Value("its rows have no documented properties".to_owned()))?;
                at(openapi, &items, pointer.get_ref(), "its row").map_err(Unfit::Value)?;
            }
            Source::Header(_) => {}
        },
        Style::Page(_) | Style::Offset(_) => {}
    }
    for pointer in [&settings.total_count, &settings.total_pages, &settings.has_more].into_iter().flatten() {
        at(openapi, &response, pointer.get_ref(), RESPONSE).map_err(Unfit::Value)?;
    }
    Ok(List { settings, style, rows, may_lack_rows, row: *row, number_in_body })
}

/// Checks that an operation has a query parameter.
fn query(operation: &Operation, name: &Spanned<String>, is_number: bool) -> Result<(), Unfit> {
    let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
    let query: Vec<_> = parameters
        .filter(|parameter| matches!(parameter, Parameter::Query { .. }))
        .map(Parameter::parameter_data_ref)
        .collect();
    let name = name.get_ref();
    let Some(found) = query.iter().find(|data| data.name == *name) else {
        let perhaps = perhaps(name, query.iter().map(|data| data.name.as_str()));
        return Err(Unfit::Parameter(format!("it has no query parameter `{name}`{perhaps}")));
    };
    let fits =
        !is_number || schema_of(found).is_some_and(|schema| matches!(kind_of(schema), Kind::Integer(_) | Kind::Float));
    if fits { Ok(()) } else { Err(Unfit::Parameter(format!("its query parameter `{name}` is not a number"))) }
}

/// Returns whether a property of the JSON body is a number; `None` if there is no such property.
fn in_body(openapi: &OpenAPI, operation: &Operation, name: &Spanned<String>) -> Option<bool> {
    let body: &RequestBody = resolve(openapi, operation.request_body.as_ref()?)?;
    let (name_of_media, content) = body.content.first()?;
    let schema = (media(name_of_media) == Media::Json).then_some(content.schema.as_ref()?)?;
    let property = object(openapi, schema)?.properties.get(name.get_ref())?.clone().unbox();
    Some(matches!(kind_of(&property), Kind::Integer(_) | Kind::Float | Kind::Decimal))
}

/// Returns the first success response that is JSON, and its schema.
pub(crate) fn success<'o>(
    openapi: &'o OpenAPI,
    operation: &'o Operation,
) -> Option<(&'o Response, ReferenceOr<Schema>)> {
    let responses = operation.responses.responses.iter().filter(|(status, _)| is_success(status));
    let mut responses = responses.filter_map(|(_, response)| resolve::<Response>(openapi, response));
    responses.find_map(|response| Some((response, json(response)?)))
}

/// Returns the schema of a JSON body.
pub(crate) fn json(response: &Response) -> Option<ReferenceOr<Schema>> {
    let (name, content) = response.content.first()?;
    (media(name) == Media::Json).then_some(content.schema.clone()?)
}

/// Returns the pointer to the rows, whether they may be missing, and their schema.
fn rows(
    openapi: &OpenAPI,
    settings: &ListSettings,
    response: &ReferenceOr<Schema>,
) -> Result<(String, bool, ReferenceOr<Schema>), Unfit> {
    if let Some(pointer) = &settings.rows {
        let (array, may_lack) = at(openapi, response, pointer.get_ref(), RESPONSE).map_err(Unfit::Rows)?;
        let array = array.map(|array| target(openapi, array));
        let not_array = || Unfit::Rows(format!("`{pointer}` is not an array"));
        return Ok((pointer.get_ref().clone(), may_lack, array.ok_or_else(not_array)?));
    }
    let found = arrays(openapi, response);
    match &found[..] {
        [(pointer, may_lack, array)] => Ok((pointer.clone(), *may_lack, array.clone())),
        [] => Err(Unfit::Rows("its response has no array; set `rows`".to_owned())),
        several => {
            let names: Vec<_> = several.iter().map(|(pointer, ..)| format!("`{pointer}`")).collect();
            Err(Unfit::Rows(format!("its response has several arrays: {}; set `rows`", names.join(", "))))
        }
    }
}

/// Returns the arrays of a body: the body itself, its properties, or else those of its objects.
pub(crate) fn arrays(openapi: &OpenAPI, body: &ReferenceOr<Schema>) -> Vec<(String, bool, ReferenceOr<Schema>)> {
    let body = target(openapi, body.clone());
    if matches!(kind_of(&body), Kind::List(_)) {
        return vec![(String::new(), is_nullable(&body), body)];
    }
    let mut level = vec![(String::new(), false, body)];
    for _ in 0..2 {
        let below: Vec<_> = level
            .iter()
            .flat_map(|(pointer, may_lack, schema)| {
                let object = object(openapi, schema);
                object.into_iter().flat_map(|object| &object.properties).map(move |(name, property)| {
                    let property = target(openapi, property.clone().unbox());
                    let may_lack = *may_lack || is_nullable(&property) || !is_required(openapi, schema, name);
                    (crate::source::join(pointer, name), may_lack, property)
                })
            })
            .collect();
        let (arrays, others): (Vec<_>, _) =
            below.into_iter().partition(|(_, _, schema)| matches!(kind_of(schema), Kind::List(_)));
        if !arrays.is_empty() {
            return arrays;
        }
        level = others;
    }
    Vec::new()
}

fn is_required(openapi: &OpenAPI, schema: &ReferenceOr<Schema>, name: &str) -> bool {
    object(openapi, schema).is_some_and(|object| object.required.iter().any(|required| required == name))
}

fn is_nullable(schema: &ReferenceOr<Schema>) -> bool {
    schema.as_item().is_some_and(|schema| schema.schema_data.nullable)
}

/// Returns the schema at a pointer, and whether the value may be missing or null. `None` is an undocumented value.
fn at(
    openapi: &OpenAPI,
    schema: &ReferenceOr<Schema>,
    pointer: &str,
    whole: &str,
) -> Result<(Option<ReferenceOr<Schema>>, bool), String> {
    let mut schema = target(openapi, schema.clone());
    let mut may_lack = is_nullable(&schema);
    let mut path = String::new();
    for token in pointer.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        let Some(object) = object(openapi, &schema) else {
            let is_untyped = matches!(kind_of(&schema), Kind::Json | Kind::JsonObject | Kind::Map(_));
            return if is_untyped { Ok((None, true)) } else { Err(format!("`{path}` is not an object")) };
        };
        let Some(property) = object.properties.get(&name) else {
            let perhaps = perhaps(&name, object.properties.keys().map(String::as_str));
            let place = if path.is_empty() { whole.to_owned() } else { format!("`{path}`") };
            return Err(format!("{place} has no property `{name}`{perhaps}"));
        };
        let property = target(openapi, property.clone().unbox());
        may_lack |= is_nullable(&property) || !is_required(openapi, &schema, &name);
        path = crate::source::join(&path, &name);
        schema = property;
    }
    Ok((Some(schema), may_lack))
}

/// Returns the schema that a schema stands for: the target of references, also of those with additions.
pub(crate) fn target(openapi: &OpenAPI, mut schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let mut nullable = false;
    for _ in 0..DEPTH {
        nullable |= is_nullable(&schema);
        let next = match &schema {
            ReferenceOr::Reference { .. } => resolve(openapi, &schema).cloned().map(ReferenceOr::Item),
            ReferenceOr::Item(item) => alone(item).cloned(),
        };
        let Some(next) = next else { break };
        schema = next;
    }
    if let ReferenceOr::Item(item) = &mut schema {
        item.schema_data.nullable |= nullable;
    }
    schema
}

pub(crate) fn object<'d>(openapi: &'d OpenAPI, schema: &'d ReferenceOr<Schema>) -> Option<&'d ObjectType> {
    match &resolve(openapi, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => Some(object),
        _ => None,
    }
}

pub(crate) fn items(array: &ReferenceOr<Schema>) -> Option<ReferenceOr<Schema>> {
    match &array.as_item()?.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.items.clone().map(ReferenceOr::unbox),
        _ => None,
    }
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Method => "it does not read",
            Self::Parameter(reason) | Self::Rows(reason) | Self::Value(reason) => reason,
        })
    }
}
