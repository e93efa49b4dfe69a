//! Requests a page of a list by its cursor, offset or URL.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::value::{RawValue, to_raw_value};
use url::Url;

use super::options::CallOptions;
use super::write::{Broken, escaped};
use crate::api::{Auth, Next, Operation};
use crate::pipeline::outgoing::{Outgoing, Payload};

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
        Some(Next::BodyCursor(property, is_number, _)) => set_property(&mut outgoing.body, property, cursor, is_number),
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

/// Sets a property of a JSON body; all others stay unchanged.
fn set_property(body: &mut Option<Payload>, property: &str, cursor: &str, is_number: bool) -> Result<(), Broken> {
    const NO_OBJECT: Broken = "must be a property of the body, which must be an object";
    let text = body.as_ref().and_then(Payload::bytes).map_or(&b"{}"[..], |bytes| bytes);
    let mut object: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(text).map_err(|_| NO_OBJECT)?;
    let number = cursor.parse::<serde_json::Number>().ok().filter(|_| is_number);
    let value = number.map_or_else(|| to_raw_value(cursor), |number| to_raw_value(&number));
    object.insert(property.to_owned(), value.map_err(|_| NO_OBJECT)?);
    let bytes = serde_json::to_vec(&object).map_err(|_| NO_OBJECT)?;
    let media_type = body.take().map(|body| body.media_type);
    let media_type = media_type.unwrap_or(http::HeaderValue::from_static("application/json"));
    *body = Some(Payload::new(media_type, vec![bytes.into()]));
    Ok(())
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
