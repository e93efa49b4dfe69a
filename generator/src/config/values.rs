//! Checks values of settings that TOML cannot check: headers, URLs, and names of keys and types.

use std::ops::Range;

use toml::Spanned;

use super::lists::{ListSettings, Style};
use super::{Auth, Config};
use crate::media::is_token;
use crate::naming::{snake, type_name, upper_camel};

/// Headers that the client sets from other facts.
const TAKEN: [&str; 9] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
    "user-agent",
];
const TOKEN: &str = "use only letters, digits and !#$%&'*+-.^_`|~, at least one character";

/// A value that cannot be used.
pub(super) struct Problem {
    /// The bytes of the value.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

pub(super) fn problems(config: &Config) -> Vec<Problem> {
    let idempotency = config.idempotency.iter().filter_map(|idempotency| header_name(&idempotency.header));
    let names = config.headers.keys().filter_map(header_name);
    let values = config.headers.values().filter_map(header_value);
    let types = config.rename.types.values().filter_map(type_of);
    let fields = config.rename.fields.values().filter_map(field);
    let variants = config.rename.variants.values().filter_map(variant);
    let lists = config.lists.iter().flat_map(list);
    let auth = config.auth.iter().flat_map(auth);
    idempotency.chain(types).chain(fields).chain(variants).chain(names).chain(values).chain(lists).chain(auth).collect()
}

fn header_name(name: &Spanned<String>) -> Option<Problem> {
    let text = name.get_ref();
    if !is_token(text) {
        let message = format!("`{}` is not a valid name of a header", text.escape_debug());
        return Some(Problem { at: name.span(), message, help: TOKEN });
    }
    let is_taken = TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(text));
    is_taken.then(|| Problem {
        at: name.span(),
        message: format!("the client sets the header `{text}` itself"),
        help: "remove the entry; `auth` sets keys, and `operations.<operationId>.accept` the media type",
    })
}

fn type_of(name: &Spanned<String>) -> Option<Problem> {
    let text = name.get_ref();
    (type_name(text) != *text).then(|| Problem {
        at: name.span(),
        message: format!("`{}` is not a name for a type", text.escape_debug()),
        help: "use letters and digits in camel case, such as `UserAddress`; some names are taken, such as `Option`",
    })
}

fn field(name: &Spanned<String>) -> Option<Problem> {
    let text = name.get_ref();
    (snake(text) != *text || text == "extra").then(|| Problem {
        at: name.span(),
        message: format!("`{}` is not a name for a field", text.escape_debug()),
        help: "use lower-case words with underscores, such as `paid_at`; some names are taken, such as `extra`",
    })
}

fn variant(name: &Spanned<String>) -> Option<Problem> {
    let text = name.get_ref();
    (upper_camel(text) != *text || text == "Unknown").then(|| Problem {
        at: name.span(),
        message: format!("`{}` is not a name for a variant", text.escape_debug()),
        help: "use letters and digits in camel case, such as `PastDue`; `Unknown` is taken",
    })
}

/// Checks that the settings of a list name one style, and that pointers are pointers.
fn list(list: &ListSettings) -> Vec<Problem> {
    let style = list.style();
    let problem = |at, message: &str, help| Problem { at, message: message.to_owned(), help };
    let only_pages = "remove it, or set `page`";
    let numbered = matches!(style, Ok(Style::Page(_)) | Err(_));
    let first = list.first_page.as_ref().filter(|_| !numbered).map(Spanned::span);
    let total = list.total_pages.as_ref().filter(|_| !numbered).map(Spanned::span);
    let sized = list.max_size.as_ref().filter(|_| list.size.is_none());
    let sized = sized.map(|size| problem(size.span(), "these lists have no page size", "remove it, or set `size`"));
    let counted = first.into_iter().chain(total).map(|at| problem(at, "these lists have no page numbers", only_pages));
    let pointers = list.pointers().filter(|pointer| !is_pointer(pointer.get_ref())).map(|pointer| Problem {
        at: pointer.span(),
        message: format!("`{}` is not a JSON pointer", pointer.get_ref().escape_debug()),
        help: "begin it with a slash, such as `/data/items`",
    });
    let headers = list.next_header.iter().filter(|name| !is_token(name.get_ref())).map(|name| Problem {
        at: name.span(),
        message: format!("`{}` is not a valid name of a header", name.get_ref().escape_debug()),
        help: TOKEN,
    });
    let style = style.err().map(|reason| Problem {
        at: list.place(),
        message: format!("these lists {reason}"),
        help: "set `page`, `offset`, `cursor` with the place of the next cursor, or the place of the next URL",
    });
    style.into_iter().chain(sized).chain(counted).chain(pointers).chain(headers).collect()
}

/// Whether a string is a JSON pointer (RFC 6901).
fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

fn header_value(value: &Spanned<String>) -> Option<Problem> {
    let is_valid = value.get_ref().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let is_trimmed = value.get_ref().trim() == value.get_ref() && !value.get_ref().is_empty();
    (!is_valid || !is_trimmed).then(|| Problem {
        at: value.span(),
        message: format!("`{}` is not a valid value of a header", value.get_ref().escape_debug()),
        help: "use printable ASCII characters, without spaces at the ends",
    })
}

fn auth(auth: &Auth) -> Vec<Problem> {
    match auth {
        Auth::Keys(keys) if keys.get_ref().is_empty() => vec![Problem {
            at: keys.span(),
            message: "`auth.keys` names no key".to_owned(),
            help: "add keys such as `app_id = { header = \"X-App-Id\" }`, or remove `auth`",
        }],
        Auth::Keys(keys) => {
            let nested = keys.get_ref().values().any(|key| matches!(key, Auth::Keys(_) | Auth::ClientCredentials(_)));
            let problem = nested.then(|| Problem {
                at: keys.span(),
                message: "a key in `auth.keys` is not a single key".to_owned(),
                help: "use \"bearer\", \"basic\", or a table with `header`, `query` or `cookie` for each key",
            });
            problem.into_iter().chain(keys.get_ref().values().filter_map(single)).collect()
        }
        Auth::ClientCredentials(credentials) => {
            let url = &credentials.token_url;
            let problem = (!is_url(url.get_ref())).then(|| Problem {
                at: url.span(),
                message: format!("`{}` is not a URL", url.get_ref().escape_debug()),
                help: "use a complete URL, or a path of the API's server such as `/oauth/token`",
            });
            problem.into_iter().collect()
        }
        key => single(key).into_iter().collect(),
    }
}

/// Whether a client may accept a URL; it checks the rest itself.
fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.starts_with('/') || host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
}

/// Checks the name of the header or the cookie of a key.
fn single(auth: &Auth) -> Option<Problem> {
    let (Auth::Header(name) | Auth::Cookie(name)) = auth else { return None };
    let message = || format!("`{}` is not a valid name of a header or cookie", name.get_ref().escape_debug());
    (!is_token(name.get_ref())).then(|| Problem { at: name.span(), message: message(), help: TOKEN })
}
