//! Requests a page of a list by its cursor, offset or URL.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::value::to_raw_value;
use url::Url;

use super::body_property::set_property;
use super::options::CallOptions;
use super::write::{Broken, escaped};
use crate::api::{Auth, Next, Operation};
use crate::pipeline::outgoing::Outgoing;

/// Changes a request to the page that the options name. `others` are the names of parameters that the client adds.
pub(super) fn apply(
    operation: &Operation,
    options: &CallOptions,
    others: &[&str],
    outgoing: &mut Outgoing,
) -> Result<(), Broken> {
    let Some(cursor) = options.start.as_ref().and_then(|start| start.cursor.as_deref()) else { return Ok(()) };
    match operation.listing.map(|listing| listing.next) {
        Some(Next::Offset(parameter) | Next::Cursor(parameter, _)) => {
            set_query(&mut outgoing.url, parameter, cursor);
            Ok(())
        }
        Some(Next::BodyCursor(property, is_number, _)) => {
            let number = cursor.parse::<serde_json::Number>().ok().filter(|_| is_number);
            let value = number.map_or_else(|| to_raw_value(cursor), |number| to_raw_value(&number));
            set_property(&mut outgoing.body, property, value)
        }
        Some(Next::Url(_)) => follow(&mut outgoing.url, cursor, others),
        Some(Next::Page(..)) | None => Ok(()),
    }
}

/// Replaces a parameter of the query.
fn set_query(url: &mut Url, name: &str, value: &str) {
    let pair = format!("{}={}", escaped(name), escaped(value));
    let query = without(url.query().unwrap_or_default(), &[name]);
    url.set_query(Some(&if query.is_empty() { pair } else { format!("{query}&{pair}") }));
}

/// Returns a query without the parameters of these names; the others stay unchanged.
fn without(query: &str, names: &[&str]) -> String {
    let is_other = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        let name: Cow<'_, str> = percent_decode_str(&name).decode_utf8_lossy();
        !pair.is_empty() && !names.contains(&name.as_ref())
    };
    query.split('&').filter(is_other).collect::<Vec<_>>().join("&")
}

/// Returns the URL of the next page without the API key, which some servers return.
pub(super) fn without_key(target: &str, auth: &Auth) -> String {
    let names: Vec<&str> = match auth {
        Auth::Query(name) => vec![name],
        Auth::Together(parts) => parts
            .iter()
            .filter_map(|part| match part.auth {
                Auth::Query(name) => Some(name),
                _ => None,
            })
            .collect(),
        _ => return target.to_owned(),
    };
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let query = without(query.split('#').next().unwrap_or_default(), &names);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Requests another URL of the same server. The scheme and the port stay those of the client: a server behind a proxy
/// may not know its own.
fn follow(url: &mut Url, target: &str, others: &[&str]) -> Result<(), Broken> {
    let next = url.join(target).map_err(|_| "must be a valid URL")?;
    if next.host() != url.host() {
        return Err("must be a URL of the API's server");
    }
    url.set_path(next.path());
    let query = without(next.query().unwrap_or_default(), others);
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    Ok(())
}
