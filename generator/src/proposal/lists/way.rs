//! Finds the way to read a list of several pages, by the names of its parameters and of values in its response.

use openapiv3::{OpenAPI, Operation, ParameterData, ReferenceOr, RequestBody, Response, Schema, SchemaKind, Type};

use super::super::names::{Value, is_number, plain, query, quoted, values};
use super::documents_link;
use super::signs::{counts_from_zero, is_url, maximum};
use super::words::{
    AFTER_ROW, CURSORS, MORE, NEXT_CURSORS, NEXT_URLS, NUMBERS, OFFSETS, PAGES, ROWS, SIZES, TOTAL_PAGES, TOTALS,
    WEAK_CURSORS,
};
use crate::document::{Endpoint, resolve, schema_of};
use crate::kind::{Kind, kind_of};
use crate::lists::{arrays, items, object, success, target};
use crate::media::{Media, media};

/// A way to read a list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Way {
    pub(super) is_sure: bool,
    pub(super) reason: String,
    /// The keys of `[[lists]]`.
    pub(super) toml: String,
}

impl Way {
    /// Whether the operation is a list by one of its parameters.
    pub(super) fn has_parameter(&self) -> bool {
        self.toml
            .lines()
            .any(|line| ["page =", "offset =", "cursor =", "size ="].iter().any(|key| line.starts_with(key)))
    }

    /// The number of keys that decide whether the settings apply.
    pub(super) fn conditions(&self) -> usize {
        self.toml.lines().filter(|line| !line.starts_with("max_size") && !line.starts_with("first_page")).count()
    }
}

/// The facts about a list.
struct Facts<'o> {
    openapi: &'o OpenAPI,
    query: Vec<(&'o ParameterData, Kind)>,
    values: Vec<Value>,
    /// The setting `rows`, if it is needed.
    rows: String,
    row: Option<ReferenceOr<Schema>>,
}

/// Returns the way to read an operation's list; `None` if it returns no list, or one without pages.
pub(super) fn way(openapi: &OpenAPI, endpoint: &Endpoint<'_>, has_links: bool) -> Option<Way> {
    let operation = endpoint.operation;
    if !matches!(endpoint.method, "get" | "post") {
        return None;
    }
    let (response, schema) = success(openapi, operation)?;
    let query = query(operation);
    let (rows, row) = rows(openapi, &schema, endpoint.path)?;
    let facts = Facts { openapi, query, values: values(openapi, &schema), rows, row };
    if endpoint.method == "post" {
        return facts.by_body_cursor(operation);
    }
    let has_link = documents_link(response);
    let by_link = || has_link.then(|| facts.by_link());
    let by_header = || facts.by_header_cursor(response);
    let like_others = || has_links.then(|| facts.by_link()).filter(|_| facts.has_position());
    facts
        .by_cursor()
        .or_else(by_header)
        .or_else(by_link)
        .or_else(|| facts.by_page(true))
        .or_else(|| facts.after_row())
        .or_else(|| facts.by_url())
        .or_else(like_others)
        .or_else(|| facts.by_page(false))
        .or_else(|| facts.by_offset())
        .or_else(|| facts.by_unknown_cursor())
}

/// Returns the setting for the rows, and the schema of a row. Of several arrays, one with a usual name is chosen.
fn rows(openapi: &OpenAPI, body: &ReferenceOr<Schema>, path: &str) -> Option<(String, Option<ReferenceOr<Schema>>)> {
    let found = arrays(openapi, body);
    if let [(_, _, array)] = &found[..] {
        return Some((String::new(), items(array)));
    }
    let last = path.rsplit('/').find(|segment| !segment.starts_with('{')).map(plain).unwrap_or_default();
    let name = |pointer: &str| plain(pointer.rsplit('/').next().unwrap_or_default());
    let named = found.iter().find(|(pointer, ..)| ROWS.contains(&name(pointer).as_str()) || name(pointer) == last);
    let (pointer, _, array) = named?;
    Some((format!("rows = {}\n", quoted(pointer)), items(array)))
}

impl Facts<'_> {
    /// Returns the first parameter with one of these names that has a fitting type.
    fn parameter(&self, names: &[&str], fits: impl Fn(&Kind) -> bool) -> Option<&ParameterData> {
        names.iter().find_map(|name| {
            let mut fitting = self.query.iter().filter(|(data, kind)| plain(&data.name) == *name && fits(kind));
            fitting.next().map(|(data, _)| *data)
        })
    }

    /// Returns the nearest value with the best of these names.
    fn value(&self, names: &[&str], fits: impl Fn(&Value) -> bool) -> Option<&Value> {
        names.iter().find_map(|name| self.values.iter().find(|value| value.name == *name && fits(value)))
    }

    fn way(&self, is_sure: bool, reason: &str, keys: &str, with_size: bool) -> Way {
        let size = self.parameter(&SIZES, is_number).filter(|_| with_size);
        let size =
            size.map(|size| format!("size = {}\n{}", quoted(&size.name), self.max_size(size))).unwrap_or_default();
        Way { is_sure, reason: reason.to_owned(), toml: format!("{keys}{size}{}", self.rows) }
    }

    /// Returns the largest page size, if only the description has it.
    fn max_size(&self, size: &ParameterData) -> String {
        let schema = schema_of(size).and_then(|schema| resolve(self.openapi, schema));
        let is_documented = schema.is_some_and(|schema| match &schema.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => integer.maximum.is_some(),
            SchemaKind::Type(Type::Number(number)) => number.maximum.is_some(),
            _ => false,
        });
        let found = size.description.as_deref().filter(|_| !is_documented).and_then(maximum);
        found.map(|found| format!("max_size = {found}\n")).unwrap_or_default()
    }

    fn flag(&self) -> String {
        let flag = self.value(&MORE, |value| value.kind() == Kind::Boolean);
        flag.map(|flag| format!("has_more = {}\n", quoted(&flag.pointer))).unwrap_or_default()
    }

    fn totals(&self) -> String {
        let line = |key: &str, value: Option<&Value>| {
            value.map(|value| format!("{key} = {}\n", quoted(&value.pointer))).unwrap_or_default()
        };
        let count = self.value(&TOTALS, Value::is_number);
        // A count may be that of the page, except beside the URL of the next page.
        let count = count.or_else(|| self.value(&["count"], Value::is_number).filter(|_| self.next_url().is_some()));
        line("total_count", count)
    }

    /// Whether a parameter names a page.
    fn has_position(&self) -> bool {
        let names = [&PAGES[..], &OFFSETS[..], &CURSORS[..]].concat();
        self.parameter(&names, |_| true).is_some()
    }

    fn by_link(&self) -> Way {
        self.way(true, "the header `Link` has the URL of the next page.", "next_header = \"Link\"\n", true)
    }

    fn by_cursor(&self) -> Option<Way> {
        let cursor = self.parameter(&[&CURSORS[..], &WEAK_CURSORS].concat(), |kind| !is_number(kind));
        let cursor = cursor.or_else(|| self.parameter(&NUMBERS, is_number))?;
        let own = [format!("next{}", plain(&cursor.name))];
        let names: Vec<&str> = own.iter().map(String::as_str).chain(NEXT_CURSORS).collect();
        let next = self.value(&names, |value| {
            (value.is_text() || value.is_number() || value.kind() == Kind::Json) && !is_url(value)
        })?;
        let keys = format!("cursor = {}\nnext = {}\n", quoted(&cursor.name), quoted(&next.pointer));
        let reason = format!("`{}` of the response is the next `{}`.", next.pointer, cursor.name);
        Some(self.way(true, &reason, &format!("{keys}{}", self.flag()), true))
    }

    /// The next cursor is in a documented header, such as `X-Next-Token`.
    fn by_header_cursor(&self, response: &Response) -> Option<Way> {
        let cursor = self.parameter(&[&CURSORS[..], &WEAK_CURSORS].concat(), |kind| !is_number(kind))?;
        let is_next = |name: &&String| plain(name).contains("next") || plain(name).contains("continuation");
        let header = response.headers.keys().find(is_next)?;
        let keys = format!("cursor = {}\nnext_header = {}\n", quoted(&cursor.name), quoted(header));
        let reason = format!("the header `{header}` has the next `{}`.", cursor.name);
        Some(self.way(true, &reason, &keys, true))
    }

    fn by_body_cursor(&self, operation: &Operation) -> Option<Way> {
        let body: &RequestBody = resolve(self.openapi, operation.request_body.as_ref()?)?;
        let (name, content) = body.content.first()?;
        let schema = (media(name) == Media::Json).then_some(content.schema.as_ref()?)?;
        let schema = target(self.openapi, schema.clone());
        let body = object(self.openapi, &schema)?;
        let cursor = CURSORS.iter().find_map(|name| {
            let scalar = |schema: &ReferenceOr<Box<Schema>>| kind_of(&target(self.openapi, schema.clone().unbox()));
            let is_scalar = |schema| matches!(scalar(schema), Kind::Text | Kind::Uuid);
            body.properties.iter().find(|(property, schema)| plain(property) == *name && is_scalar(schema))
        });
        let (cursor, _) = cursor?;
        let own = [format!("next{}", plain(cursor))];
        let names: Vec<&str> = own.iter().map(String::as_str).chain(NEXT_CURSORS).collect();
        let next = self.value(&names, |value| (value.is_text() || value.is_number()) && !is_url(value))?;
        let keys = format!("cursor = {}\nnext = {}\n", quoted(cursor), quoted(&next.pointer));
        let reason = format!("`{}` of the response is the next `{cursor}` of the body.", next.pointer);
        Some(self.way(true, &reason, &format!("{keys}{}", self.flag()), false))
    }

    fn by_page(&self, with_counts: bool) -> Option<Way> {
        let page = self.parameter(&PAGES, is_number)?;
        let (count, flag) = (self.totals(), self.flag());
        let pages = self.value(&TOTAL_PAGES, Value::is_number);
        let pages = pages.map(|pages| format!("total_pages = {}\n", quoted(&pages.pointer))).unwrap_or_default();
        if with_counts && count.is_empty() && pages.is_empty() && flag.is_empty() {
            return None;
        }
        let first = if counts_from_zero(self.openapi, page) { "first_page = 0\n" } else { "" };
        let keys = format!("page = {}\n{first}{count}{pages}{flag}", quoted(&page.name));
        let reason = format!("`{}` is the number of a page.", page.name);
        Some(self.way(true, &reason, &keys, true))
    }

    /// The cursor is the id of the last row.
    fn after_row(&self) -> Option<Way> {
        let cursor = self.parameter(&AFTER_ROW, |_| true)?;
        let flag = self.flag();
        if flag.is_empty() || !self.rows_have_ids() {
            return None;
        }
        let docs = cursor.description.as_deref().unwrap_or_default().to_lowercase();
        let is_sure =
            plain(&cursor.name) != "after" || docs.split(|c: char| !c.is_alphanumeric()).any(|word| word == "id");
        let keys = format!("cursor = {}\nlast_row = \"/id\"\n{flag}", quoted(&cursor.name));
        Some(self.way(is_sure, &format!("the `id` of the last row is the next `{}`.", cursor.name), &keys, true))
    }

    fn rows_have_ids(&self) -> bool {
        let row = self.row.clone().map(|row| target(self.openapi, row));
        row.is_some_and(|row| object(self.openapi, &row).is_some_and(|row| row.properties.contains_key("id")))
    }

    fn next_url(&self) -> Option<&Value> {
        self.value(&NEXT_URLS, |value| value.is_text() && is_url(value))
            .or_else(|| self.values.iter().find(|value| value.name == "href" && value.parent == "next"))
    }

    fn by_url(&self) -> Option<Way> {
        let url = self.next_url()?;
        let keys = format!("next = {}\n{}", quoted(&url.pointer), self.totals());
        Some(self.way(true, &format!("`{}` of the response is the URL of the next page.", url.pointer), &keys, true))
    }

    fn by_offset(&self) -> Option<Way> {
        let offset = self.parameter(&OFFSETS, is_number)?;
        let is_sure = plain(&offset.name) != "start";
        let keys = format!("offset = {}\n{}{}", quoted(&offset.name), self.totals(), self.flag());
        Some(self.way(is_sure, &format!("`{}` is the number of rows before a page.", offset.name), &keys, true))
    }

    /// A parameter looks like a cursor, but the response has no next one.
    fn by_unknown_cursor(&self) -> Option<Way> {
        let names = [&CURSORS[..], &["offset"]].concat();
        let cursor = self.parameter(&names, |kind| !is_number(kind))?;
        let next = if self.rows_have_ids() { "last_row = \"/id\"" } else { "next = \"/\"" };
        let keys = format!("cursor = {}\n{next}\n", quoted(&cursor.name));
        let reason = format!("`{}` looks like a cursor. Where does the response have the next one?", cursor.name);
        Some(self.way(false, &reason, &keys, true))
    }
}
