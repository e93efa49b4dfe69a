//! Proposes how lists continue on the next page.

use std::cmp::Reverse;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, ParameterData, ReferenceOr, RequestBody, Response, Schema, SchemaKind, Type};

use super::Setting;
use super::names::{Value, is_number, plain, query, quoted, success, values};
use crate::config::lists::ListSettings;
use crate::document::{Endpoint, operations, resolve, schema_of};
use crate::kind::{Kind, kind_of};
use crate::lists::{self, arrays, items, object, target};
use crate::media::{Media, media};

/// Plain names of parameters.
const PAGES: [&str; 8] = ["page", "pagenumber", "pageno", "pageindex", "pagenum", "currentpage", "pagenr", "pagepage"];
const OFFSETS: [&str; 7] = ["offset", "skip", "startindex", "startat", "pageoffset", "startoffset", "start"];
const CURSORS: [&str; 24] = [
    "cursor",
    "after",
    "startingafter",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "continuationtoken",
    "continuation",
    "marker",
    "startcursor",
    "nextcursor",
    "pagecursor",
    "pageafter",
    "afterid",
    "paginationtoken",
    "scrollid",
    "bookmark",
    "continue",
    "nextpage",
    "cursorid",
    "aftercursor",
    "token",
    "pagestart",
    "page",
];
const SIZES: [&str; 16] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "maxresults",
    "maxitems",
    "top",
    "pagelimit",
    "itemsperpage",
    "max",
    "resultsperpage",
    "take",
    "numresults",
    "count",
    "first",
    "maxpagesize",
];
/// Plain names of values in responses, best first.
const NEXT_CURSORS: [&str; 20] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "endcursor",
    "nextstartcursor",
    "nextmarker",
    "nextkey",
    "continuationtoken",
    "nextid",
    "nextpage",
    "next",
    "after",
    "cursor",
    "paginationtoken",
    "continuation",
    "scrollid",
    "bookmark",
    "pagetoken",
    "marker",
];
const NEXT_URLS: [&str; 9] = [
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nextlink",
    "odatanextlink",
    "nexthref",
    "nextpagelink",
    "nexturi",
    "next",
];
const MORE: [&str; 6] = ["hasmore", "hasnext", "hasnextpage", "more", "moreresults", "hasmoreresults"];
const TOTALS: [&str; 10] = [
    "totalcount",
    "total",
    "totalresults",
    "totalitems",
    "totalelements",
    "totalentries",
    "totalrecords",
    "totalsize",
    "totalrows",
    "recordstotal",
];
const TOTAL_PAGES: [&str; 6] = ["totalpages", "pagecount", "lastpage", "numpages", "pagestotal", "pages"];
/// Plain names of arrays of rows.
const ROWS: [&str; 9] = ["data", "items", "results", "records", "entries", "values", "content", "rows", "list"];
/// Plain names of parameters that are cursors even if they are numbers.
const NUMBERS: [&str; 6] = ["cursor", "after", "nextcursor", "pagecursor", "continuation", "marker"];
/// Plain names of parameters for a cursor that is the id of a row.
const AFTER_ROW: [&str; 3] = ["startingafter", "afterid", "after"];

/// A way to read a list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Way {
    is_sure: bool,
    reason: String,
    /// The keys of `[[lists]]`.
    toml: String,
}

impl Way {
    /// Whether a parameter of the operation shows that it is a list.
    fn has_parameter(&self) -> bool {
        self.toml
            .lines()
            .any(|line| ["page =", "offset =", "cursor =", "size ="].iter().any(|key| line.starts_with(key)))
    }

    /// The number of keys that decide whether the settings apply.
    fn conditions(&self) -> usize {
        self.toml.lines().filter(|line| !line.starts_with("max_size") && !line.starts_with("first_page")).count()
    }
}

pub(super) fn propose(openapi: &OpenAPI) -> Vec<Setting> {
    let has_links = has_links(openapi);
    let mut ways: IndexMap<Way, Vec<&str>> = IndexMap::new();
    for endpoint in operations(openapi) {
        let id = endpoint.operation.operation_id.as_deref().unwrap_or_default();
        if let Some(way) = way(openapi, &endpoint, has_links) {
            ways.entry(way).or_default().push(id);
        }
    }
    // The first entry that applies decides, so entries with more conditions come first.
    ways.sort_by_key(|way, ids| (!way.is_sure, Reverse(way.conditions()), ids.len()));
    let mut after: Vec<_> = ways.iter().filter(|(way, _)| way.is_sure).flat_map(|(_, ids)| ids).copied().collect();
    let mut settings = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for (way, ids) in &ways {
        after.retain(|id| !ids.contains(id));
        // An operation without a parameter for pages is a list only if its response has the next page.
        let is_other = |id: &str| {
            let is_claimed = ids.contains(&id) || before.contains(&id);
            if way.has_parameter() { after.contains(&id) } else { !is_claimed }
        };
        settings.push(setting(openapi, way, ids, &is_other));
        before.extend(ids);
    }
    settings
}

/// Returns the settings of some lists. They name the operations if the other keys also apply to other operations.
fn setting(openapi: &OpenAPI, way: &Way, ids: &[&str], is_other: &dyn Fn(&str) -> bool) -> Setting {
    let applied = ListSettings::parse(&way.toml).map(|settings| lists::applied(openapi, &settings)).unwrap_or_default();
    let is_exact = ids.iter().all(|id| applied.iter().any(|applied| applied == id));
    let takes_others = applied.iter().any(|id| is_other(id));
    let operations = if is_exact && !takes_others {
        String::new()
    } else {
        let ids: Vec<_> = ids.iter().map(|id| format!("    {},\n", quoted(id))).collect();
        format!("operations = [\n{}]\n", ids.concat())
    };
    let count = if ids.len() == 1 { format!("`{}`", ids[0]) } else { format!("{} lists", ids.len()) };
    let reason = format!("{count}: {}", way.reason);
    Setting { is_sure: way.is_sure, reason, toml: format!("[[lists]]\n{operations}{}", way.toml) }
}

/// Whether most operations with a page size document the header `Link`.
fn has_links(openapi: &OpenAPI) -> bool {
    let is_list = |endpoint: &Endpoint<'_>| {
        query(endpoint.operation).iter().any(|(data, _)| SIZES.contains(&plain(&data.name).as_str()))
    };
    let lists = operations(openapi).filter(is_list).filter_map(|endpoint| success(openapi, endpoint.operation));
    let links: Vec<_> = lists.map(|(response, _)| documents_link(response)).collect();
    links.iter().filter(|has_link| **has_link).count() * 2 > links.len()
}

fn documents_link(response: &Response) -> bool {
    response.headers.keys().any(|name| name.eq_ignore_ascii_case("link"))
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

fn way(openapi: &OpenAPI, endpoint: &Endpoint<'_>, has_links: bool) -> Option<Way> {
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
        let cursor = self.parameter(&CURSORS, |kind| !is_number(kind));
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
        let cursor = self.parameter(&CURSORS, |kind| !is_number(kind))?;
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
        let names = [&CURSORS[..CURSORS.len() - 3], &["offset"]].concat();
        let cursor = self.parameter(&names, |kind| !is_number(kind))?;
        let next = if self.rows_have_ids() { "last_row = \"/id\"" } else { "next = \"/\"" };
        let keys = format!("cursor = {}\n{next}\n", quoted(&cursor.name));
        let reason = format!("`{}` looks like a cursor. Where does the response have the next one?", cursor.name);
        Some(self.way(false, &reason, &keys, true))
    }
}

/// Finds a maximum in a description, such as `between 1 and 100`, `maximum: 100` or `max. of 100`.
fn maximum(description: &str) -> Option<u32> {
    let text = description.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: Option<&&str>| word.and_then(|word| word.parse::<u32>().ok()).filter(|number| *number > 0);
    words.iter().enumerate().find_map(|(at, word)| match *word {
        "between" | "from" => {
            let is_range = matches!(words.get(at + 2), Some(&("and" | "to")));
            number(words.get(at + 1)).and(number(words.get(at + 3))).filter(|_| is_range)
        }
        "max" | "maximum" => (1..=4).find_map(|next| number(words.get(at + next))),
        _ => None,
    })
}

/// Whether a value is a URL, by its format, its name, its place or its description.
fn is_url(value: &Value) -> bool {
    let format = value.schema.as_item().is_some_and(|schema| match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => match &text.format {
            openapiv3::VariantOrUnknownOrEmpty::Unknown(format) => {
                matches!(format.as_str(), "uri" | "url" | "uri-reference")
            }
            _ => false,
        },
        _ => false,
    });
    let docs = value.docs();
    let is_named = ["url", "uri", "link", "href"].iter().any(|part| value.name.contains(part));
    let is_linked = matches!(value.parent.as_str(), "links" | "link");
    format || is_named || is_linked || docs.contains("http") || docs.contains(" url") || docs.contains("link to")
}

/// Whether the first page has the number 0.
fn counts_from_zero(openapi: &OpenAPI, page: &ParameterData) -> bool {
    let docs = page.description.as_deref().unwrap_or_default().to_lowercase();
    let says = [
        "zero-based",
        "0-based",
        "starts at 0",
        "starting at 0",
        "starting from 0",
        "starts from 0",
        "from zero",
        "0..n",
    ];
    let Some(schema) = schema_of(page).and_then(|schema| resolve(openapi, schema)) else { return false };
    let default = schema.schema_data.default.as_ref().and_then(serde_json::Value::as_i64);
    let minimum = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer.minimum,
        _ => None,
    };
    says.iter().any(|text| docs.contains(text)) || default == Some(0) || (minimum == Some(0) && default.is_none())
}

#[cfg(test)]
mod tests {
    use super::maximum;

    #[test]
    fn maximums_in_descriptions() {
        for (text, expected) in [
            ("Limit can range between 1 and 100, and the default is 10.", Some(100)),
            ("Default 20, max. 50", Some(50)),
            ("The maximum number of rows is 200", None),
            ("The maximum number is 200", Some(200)),
            ("Number of results per page (max 100).", Some(100)),
            ("From 1 to 25", Some(25)),
            ("between the pages", None),
            ("The number of rows", None),
        ] {
            assert_eq!(maximum(text), expected, "{text}");
        }
    }
}
