//! Proposes how lists continue on the next page.

mod signs;
mod way;
mod words;

use std::cmp::Reverse;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Response};

use super::Setting;
use super::names::{plain, query, quoted};
use crate::config::lists::ListSettings;
use crate::document::{Endpoint, operations};
use crate::lists::{self, success};
use way::{Way, way};
use words::SIZES;

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
