//! Describes how to read all pages of a paginated operation.

use super::context::Context;
use crate::kind::{Kind, kind_of};
use crate::model::{Count, Paging, Parameter, Response, Rule};
use crate::naming::snake;

/// The property that identifies a row.
const KEY: &str = "id";

pub(super) fn build(context: &Context<'_>, parameters: &[Parameter], response: &Response) -> Option<Paging> {
    let (Response::Page(row), Some(config)) = (response, &context.config.pagination) else { return None };
    let find = |wire: &str| parameters.iter().find(|parameter| parameter.wire == wire);
    let limit = find(&config.limit_parameter).filter(|parameter| !parameter.required);
    Some(Paging {
        row: row.clone(),
        page: count(find(&config.page_parameter)?)?,
        limit: limit.and_then(|limit| Some((count(limit)?, largest(limit)?))),
        key: key(context, row),
    })
}

fn count(parameter: &Parameter) -> Option<Count> {
    let Kind::Integer(integer) = parameter.kind else { return None };
    Some(Count { field: parameter.name.clone(), integer, required: parameter.required })
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
    let object = context.object(row.named()?)?;
    let property = object.properties.get(KEY).filter(|_| object.required.iter().any(|name| name == KEY))?;
    let kind = kind_of(&property.clone().unbox());
    matches!(kind, Kind::Uuid | Kind::Text | Kind::Integer(_)).then(|| (snake(KEY), kind))
}
