//! Compares the settings of the runtime: environment variables, server, rate limit, and pointers into bodies.

use std::collections::BTreeSet;

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::words;
use crate::model::{Api, Auth, Pages, TokenEndpoint};

pub(super) fn compare(log: &mut Log<'_>) {
    let (old, new) = (&log.old.api, &log.new.api);
    info(log, old, new);
    environment(log, old, new);
    server(log, old, new);
    key(log, old, new);
    token_endpoint(log, old, new);
    rate_limit(log, old, new);
    error_responses(log, old, new);
    envelope(log, old, new);
    pages(log, old.pages.as_ref(), new.pages.as_ref());
    wire_names(log, old, new);
}

fn spec(pointer: &str) -> Spot {
    Spot::both(pointer.to_owned(), pointer.to_owned())
}

fn info(log: &mut Log<'_>, old: &Api, new: &Api) {
    let values = [
        ("meta::TITLE", "/info/title", &old.title, &new.title),
        ("meta::API_VERSION", "/info/version", &old.version, &new.version),
    ];
    for (subject, pointer, was, is) in values.into_iter().filter(|(_, _, was, is)| was != is) {
        let message = format!("is `{is}` and was `{was}`");
        log.add(Draft::new(Verdict::Editorial, "api-info", subject, message).at(&spec(pointer)));
    }
}

/// A renamed variable is breaking: programs no longer find their key.
fn environment(log: &mut Log<'_>, old: &Api, new: &Api) {
    let (old, new) = (&old.policy, &new.policy);
    let variables = [
        ("/environment/api_key", &old.api_key_variable, &new.api_key_variable),
        ("/environment/base_url", &old.base_url_variable, &new.base_url_variable),
    ];
    for (pointer, was, is) in variables.into_iter().filter(|(_, was, is)| was != is) {
        let message = format!("is no longer read by `Client::from_env`, which reads `{is}`");
        let draft = Draft::new(Verdict::Breaking, "environment", was, message);
        log.add(draft.silently().in_settings(pointer));
    }
}

fn server(log: &mut Log<'_>, old: &Api, new: &Api) {
    let (was, is) = (&old.policy.base_url, &new.policy.base_url);
    if was != is {
        let message = format!("is {} instead of {}: calls go there", url(is), url(was));
        let draft = Draft::new(moved(was, is), "base-url", "base URL", message);
        log.add(draft.silently().at(&spec("/servers/0/url")));
    }
}

fn url(url: &str) -> String {
    if url.is_empty() { "for callers to give".to_owned() } else { format!("`{url}`") }
}

/// Returns the verdict on a changed URL. Another host receives the key and the data, so it is breaking. Another path
/// does not affect users.
pub(super) fn moved(was: &str, is: &str) -> Verdict {
    match (host(was), host(is)) {
        (was, is) if was == is => Verdict::Editorial,
        ("", _) => Verdict::Additive,
        _ => Verdict::Breaking,
    }
}

fn host(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(0, |(scheme, _)| scheme.len() + 3);
    let end = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
    &url[..end]
}

/// Sending the same key in another way is not breaking. Other credentials are.
fn key(log: &mut Log<'_>, old: &Api, new: &Api) {
    let (was, is) = (&old.policy.auth, &new.policy.auth);
    let message = format!("is sent {is} instead of {was}");
    let draft = if inputs(was) != inputs(is) {
        let message = format!("{message}: `Client::new` takes {} instead of {}", inputs(is), inputs(was));
        Draft::new(Verdict::Breaking, "key", "API key", message)
    } else if was.to_string() == is.to_string() {
        return;
    } else {
        Draft::new(Verdict::Editorial, "key", "API key", message).silently()
    };
    log.add(draft.at(&spec("/components/securitySchemes")));
}

/// Without its token endpoint, a client loses a constructor and two environment variables.
fn token_endpoint(log: &mut Log<'_>, old: &Api, new: &Api) {
    let (was, is) = (&old.policy.token_endpoint, &new.policy.token_endpoint);
    let variables = |endpoint: &TokenEndpoint| [endpoint.id_variable.clone(), endpoint.secret_variable.clone()];
    let draft = match (was, is) {
        (None, Some(_)) => Draft::new(Verdict::Additive, "token-endpoint", "Client::with_client_credentials", "is new"),
        (Some(_), None) => {
            let message = "was removed: the client fetches no tokens";
            Draft::new(Verdict::Breaking, "token-endpoint", "Client::with_client_credentials", message)
        }
        (Some(was), Some(is)) if variables(was) != variables(is) => {
            let [id, secret] = variables(is);
            let message = format!("reads the client id and secret from `{id}` and `{secret}`");
            Draft::new(Verdict::Breaking, "environment", "Client::from_env", message).silently()
        }
        (Some(was), Some(is)) if was != is => {
            let message = format!("is `{}`, with the scopes `{}`", is.url, is.scopes.join(" "));
            Draft::new(moved(&was.url, &is.url), "token-endpoint", "token endpoint", message).silently()
        }
        _ => return,
    };
    log.add(draft.at(&spec("/components/securitySchemes")));
}

/// Describes the arguments of the client's constructors.
fn inputs(auth: &Auth) -> String {
    match auth {
        Auth::None => "nothing".to_owned(),
        Auth::Basic => "a name and a password".to_owned(),
        Auth::Together(parts) => {
            // The fields of a struct, in any order.
            let fields: BTreeSet<_> = parts.iter().map(|part| part.field.as_str()).collect();
            words::list(fields.into_iter())
        }
        Auth::Bearer | Auth::Header(_) | Auth::Query(_) | Auth::Cookie(_) => "a key".to_owned(),
    }
}

fn rate_limit(log: &mut Log<'_>, old: &Api, new: &Api) {
    let text = |limit: Option<(u32, u64)>| match limit {
        Some((requests, seconds)) => format!("{requests} requests in {seconds} seconds"),
        None => "unlimited".to_owned(),
    };
    let (was, is) = (old.policy.rate_limit, new.policy.rate_limit);
    if was != is {
        let message = format!("is {} instead of {}: clients follow it", text(is), text(was));
        let draft = Draft::new(Verdict::Editorial, "rate-limit", "rate limit", message);
        log.add(draft.silently().in_settings("/rate_limit"));
    }
}

/// A lost error message or code is breaking; a moved one is not.
fn error_responses(log: &mut Log<'_>, old: &Api, new: &Api) {
    let (old, new) = (&old.policy, &new.policy);
    let pointers = [
        ("Error::Api.message", "/error/message", &old.error_message, &new.error_message),
        ("Error::Api.code", "/error/code", &old.error_code, &new.error_code),
    ];
    for (subject, pointer, _, is) in pointers.into_iter().filter(|(_, _, was, is)| was != is) {
        let draft = if is.is_empty() {
            Draft::new(Verdict::Breaking, "error-pointer", subject, "is no longer read from the body")
        } else {
            Draft::new(Verdict::Editorial, "error-pointer", subject, format!("is read at `{is}`"))
        };
        log.add(draft.silently().in_settings(pointer));
    }
}

fn envelope(log: &mut Log<'_>, old: &Api, new: &Api) {
    if old.envelope != new.envelope {
        let message = "has other properties: results are elsewhere in bodies";
        let draft = Draft::new(Verdict::Editorial, "envelope", "envelope", message);
        log.add(draft.silently().in_settings("/envelope"));
    }
}

/// Compares the fields of a page. Added and removed pagination is reported with each operation.
fn pages(log: &mut Log<'_>, old: Option<&Pages>, new: Option<&Pages>) {
    let (Some(old), Some(new)) = (old, new) else { return };
    let fields = [
        ("page", &old.page, &new.page),
        ("limit", &old.limit, &new.limit),
        ("total_count", &old.total_count, &new.total_count),
        ("total_pages", &old.total_pages, &new.total_pages),
        ("has_more", &old.has_more, &new.has_more),
    ];
    for (name, was, is) in fields.into_iter().filter(|(_, was, is)| was != is) {
        let (verdict, message) = match (was, is) {
            (Some(_), None) => (Verdict::Breaking, "is always `None` from now on".to_owned()),
            (None, Some(is)) => (Verdict::Additive, format!("is read from `{is}`, and was always `None`")),
            (_, is) => (Verdict::Editorial, format!("is read from `{}`", is.as_deref().unwrap_or_default())),
        };
        let draft = Draft::new(verdict, "pagination", format!("Pagination.{name}"), message);
        log.add(draft.silently().in_settings(&format!("/pagination/fields/{name}")));
    }
    let names = |pages: &Pages| [&pages.page_parameter, &pages.limit_parameter, &pages.property].map(Clone::clone);
    if names(old) != names(new) {
        let message = "has other names in requests and bodies";
        let draft = Draft::new(Verdict::Editorial, "pagination", "pagination", message);
        log.add(draft.silently().in_settings("/pagination"));
    }
}

fn wire_names(log: &mut Log<'_>, old: &Api, new: &Api) {
    let names = |api: &Api| api.webhooks.as_ref().map(|webhooks| (webhooks.name.clone(), webhooks.data.clone()));
    if let (Some(was), Some(is)) = (names(old), names(new))
        && was != is
    {
        let message = "have the name and object of an event in other properties";
        let draft = Draft::new(Verdict::Editorial, "webhooks", "webhooks", message);
        log.add(draft.silently().in_settings("/webhooks"));
    }
}
