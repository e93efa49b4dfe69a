//! Lists rows: applies an operation's filters and selects the page.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::key;
use super::spec::Collection;
use super::store::{Row, Store};
use super::validate::Arguments;
use crate::api::{Operation, Paging};

/// The rows of a page, and the number of all rows.
pub(crate) struct Cut<'a> {
    pub(crate) rows: Vec<&'a Row>,
    pub(crate) total: usize,
    pub(crate) page: usize,
    pub(crate) limit: usize,
}

/// Filters a collection by an operation's arguments, and returns the requested page.
pub(crate) fn cut<'a>(
    store: &'a Store,
    collection: usize,
    pages: Option<&Paging>,
    operation: &Operation,
    arguments: &Arguments,
) -> Cut<'a> {
    let all = store.rows(collection);
    let of = store.collection(collection);
    let paging = pages.map(|pages| [pages.page_parameter, pages.limit_parameter]).unwrap_or_default();
    // Other parameters, such as an order, filter nothing.
    let filters = arguments.iter().filter(|(name, _)| !paging.contains(&name.as_str()));
    let filters: Vec<_> = filters.filter(|(name, _)| is_filter(store, collection, name)).collect();
    let number = |name: Option<&str>, otherwise: usize| {
        let input = name.and_then(|name| arguments.get(name).cloned().or_else(|| default(operation, name)));
        input.and_then(|value| usize::try_from(value.as_u64()?).ok()).unwrap_or(otherwise)
    };
    let page = number(pages.map(|pages| pages.page_parameter), 1).max(1);
    let limit = number(pages.map(|pages| pages.limit_parameter), all.len().max(1)).max(1);
    let start = (page - 1).saturating_mul(limit);
    if filters.is_empty() {
        let rows = all.iter().skip(start).take(limit).collect();
        return Cut { rows, total: all.len(), page, limit };
    }
    let kept: Vec<_> = all.iter().filter(|row| keeps(of, row, &filters)).collect();
    let total = kept.len();
    Cut { rows: kept.into_iter().skip(start).take(limit).collect(), total, page, limit }
}

fn default(operation: &Operation, name: &str) -> Option<Value> {
    let parameter = operation.parameters.iter().find(|parameter| parameter.name == name)?;
    serde_json::from_str(parameter.default?).ok()
}

fn is_filter(store: &Store, collection: usize, name: &str) -> bool {
    let of = store.collection(collection);
    let is_relation = name.strip_suffix("_id").is_some_and(|stem| of.relation(stem).is_some());
    is_relation || of.alias(name).is_some() || store.has_field(collection, name)
}

fn keeps(collection: &Collection, row: &Row, filters: &[(&String, &Value)]) -> bool {
    let mut own = None;
    filters.iter().all(|(name, wanted)| {
        let wanted = wanted.as_array().map_or_else(|| std::slice::from_ref(*wanted), Vec::as_slice);
        if let Some((index, _)) = name.strip_suffix("_id").and_then(|stem| collection.relation(stem)) {
            return wanted.iter().any(|wanted| is_key(row.relations()[index], wanted));
        }
        let own = own.get_or_insert_with(|| row.own());
        matches(collection, own, name, wanted)
    })
}

fn is_key(key: Option<Uuid>, wanted: &Value) -> bool {
    key.is_some() && key == key::of(wanted)
}

fn matches(collection: &Collection, own: &Map<String, Value>, name: &str, wanted: &[Value]) -> bool {
    match collection.alias(name) {
        Some(alias) => {
            let items = own.get(alias.list).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(|item| item.get(alias.field)).any(|value| wanted.contains(value))
        }
        None => own.get(name).is_some_and(|value| wanted.contains(value)),
    }
}
