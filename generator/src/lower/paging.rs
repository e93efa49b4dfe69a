//! Describes how to read all pages of a paginated operation.

use openapiv3::ReferenceOr;

use super::context::Context;
use crate::config::lists::{ListSettings, Source, Style};
use crate::document::Endpoint;
use crate::kind::{Kind, kind_of};
use crate::lists::{self, List};
use crate::model::{Count, Listing, Next, NextSource, PageNumber, Paging, Parameter, Response, Rule};
use crate::naming::snake;

/// The property that identifies a row.
const KEY: &str = "id";

pub(super) fn build(
    context: &Context<'_>,
    endpoint: &Endpoint<'_>,
    parameters: &[Parameter],
    response: &Response,
) -> Option<Paging> {
    if let Response::Page(row) = response {
        return enveloped(context, parameters, row);
    }
    let list = lists::of(context.openapi, &context.config.lists, endpoint)?;
    let find = |wire: &str| parameters.iter().find(|parameter| parameter.wire == wire);
    let page = match list.style {
        Style::Page(name) => Some(PageNumber { count: count(find(name.get_ref())?)?, first: first(list.settings) }),
        _ => None,
    };
    Some(Paging {
        page,
        limit: list
            .settings
            .size
            .as_ref()
            .and_then(|size| limit(find(size.get_ref())?, list.settings.max_size.as_ref())),
        key: key(context, &list.row),
        listing: Some(listing(&list)),
        row: list.row,
    })
}

/// Describes a list inside the envelope.
fn enveloped(context: &Context<'_>, parameters: &[Parameter], row: &Kind) -> Option<Paging> {
    let config = context.config.pagination.as_ref()?;
    let find = |wire: &str| parameters.iter().find(|parameter| parameter.wire == wire);
    Some(Paging {
        row: row.clone(),
        page: Some(PageNumber { count: count(find(&config.page_parameter)?)?, first: 1 }),
        limit: find(&config.limit_parameter).and_then(|parameter| limit(parameter, None)),
        key: key(context, row),
        listing: None,
    })
}

fn first(settings: &ListSettings) -> u64 {
    settings.first_page.as_ref().map_or(1, |first| *first.get_ref())
}

fn listing(list: &List<'_>) -> Listing {
    let settings = list.settings;
    let text = |pointer: &Option<toml::Spanned<String>>| pointer.as_ref().map(|pointer| pointer.get_ref().clone());
    let next = match list.style {
        Style::Page(name) => Next::Page { parameter: name.get_ref().clone(), first: first(settings) },
        Style::Offset(name) => Next::Offset { parameter: name.get_ref().clone() },
        Style::Cursor(name, source) => {
            let (name, source) = (name.get_ref().clone(), place(source));
            match list.number_in_body {
                Some(is_number) => Next::BodyCursor { property: name, is_number, source },
                None => Next::Cursor { parameter: name, source },
            }
        }
        Style::Url(source) => Next::Url { source: place(source) },
    };
    Listing {
        rows: list.rows.clone(),
        may_lack_rows: list.may_lack_rows,
        next,
        total_count: text(&settings.total_count),
        total_pages: text(&settings.total_pages),
        has_more: text(&settings.has_more),
    }
}

fn place(source: Source<'_>) -> NextSource {
    match source {
        Source::Body(pointer) => NextSource::Body(pointer.get_ref().clone()),
        Source::LastRow(pointer) => NextSource::LastRow(pointer.get_ref().clone()),
        Source::Header(name) if name.get_ref().eq_ignore_ascii_case("link") => NextSource::Link,
        Source::Header(name) => NextSource::Header(name.get_ref().to_ascii_lowercase()),
    }
}

/// Returns the page size and its maximum: from the document, or else from the settings.
fn limit(parameter: &Parameter, maximum: Option<&toml::Spanned<u32>>) -> Option<(Count, i64)> {
    (!parameter.required).then_some(())?;
    let maximum = largest(parameter).or_else(|| maximum.map(|maximum| i64::from(*maximum.get_ref())));
    Some((count(parameter)?, maximum?))
}

fn count(parameter: &Parameter) -> Option<Count> {
    let number = match parameter.kind {
        Kind::Integer(integer) => integer,
        Kind::Float => "f64",
        _ => return None,
    };
    Some(Count { field: parameter.name.clone(), number, required: parameter.required })
}

/// Returns the documented maximum.
fn largest(parameter: &Parameter) -> Option<i64> {
    parameter.rules.iter().find_map(|rule| match rule {
        Rule::Maximum(bound) if bound.scale == 0 => Some(bound.digits),
        _ => None,
    })
}

/// Returns the required field that identifies a row.
fn key(context: &Context<'_>, row: &Kind) -> Option<(String, Kind)> {
    let Kind::Named(name) = row else { return None };
    let object = context.object(name)?;
    let property = object.properties.get(KEY).filter(|_| object.required.iter().any(|name| name == KEY))?;
    let property: ReferenceOr<_> = property.clone().unbox();
    let is_nullable = property.as_item().is_some_and(|property| property.schema_data.nullable);
    let kind = kind_of(&property);
    let identifies = !is_nullable && matches!(kind, Kind::Uuid | Kind::Text | Kind::Integer(_));
    identifies.then(|| (snake(KEY), kind))
}
