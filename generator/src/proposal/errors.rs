//! Proposes where error responses have their message and their code.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use super::Setting;
use super::names::{Value, quoted, values};
use crate::document::{error_responses, operations};
use crate::lists::json;

/// Plain names of properties, best first.
const MESSAGES: [&str; 9] =
    ["message", "errormessage", "errordescription", "detail", "msg", "description", "errordetail", "reason", "title"];
const CODES: [&str; 5] = ["code", "errorcode", "type", "errortype", "error"];

pub(super) fn propose(openapi: &OpenAPI) -> Option<Setting> {
    let mut bodies = 0;
    let (mut messages, mut codes) = (IndexMap::<String, usize>::new(), IndexMap::<String, usize>::new());
    for endpoint in operations(openapi) {
        for (_, response) in error_responses(&endpoint.operation.responses) {
            let Some(schema) = response.as_item().and_then(json) else { continue };
            bodies += 1;
            let values: Vec<_> = values(openapi, &schema).into_iter().filter(Value::is_text).collect();
            // A body such as {"error": "…"} has a message, but no code.
            let usual = best(&values, &MESSAGES);
            let error = values.iter().find(|value| value.pointer == "/error");
            let is_optional = |pointer: &str| values.iter().any(|value| value.pointer == pointer && !value.is_required);
            let only_error = error.filter(|error| usual.is_none_or(|usual| error.is_required && is_optional(usual)));
            let message = only_error.map(|error| error.pointer.as_str()).or(usual);
            let code = best(&values, &CODES).filter(|code| Some(*code) != message);
            for (pointer, counts) in [(message, &mut messages), (code, &mut codes)] {
                if let Some(pointer) = pointer {
                    *counts.entry(pointer.to_owned()).or_default() += 1;
                }
            }
        }
    }
    let most = |counts: IndexMap<String, usize>| counts.into_iter().max_by_key(|(_, count)| *count);
    let (message, count) = most(messages)?;
    let code = most(codes).filter(|(_, with_code)| with_code * 2 >= count).map(|(code, _)| code);
    let code_line = code.as_ref().map_or_else(String::new, |code| format!("code = {}\n", quoted(code)));
    let toml = format!("[error]\nmessage = {}\n{code_line}", quoted(&message));
    let reason = format!("{count} of {bodies} error responses have the message in `{message}`.");
    Some(Setting { is_sure: count * 3 >= bodies * 2, reason, toml })
}

/// Returns the pointer of the nearest value with the best name.
fn best<'v>(values: &'v [Value], names: &[&str]) -> Option<&'v str> {
    let depth = |value: &Value| value.pointer.matches('/').count();
    let ranked = values.iter().filter_map(|value| {
        let rank = names.iter().position(|name| *name == value.name)?;
        // Deep values describe a part of the request.
        (depth(value) <= 2).then_some(((rank, depth(value)), value.pointer.as_str()))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, pointer)| pointer)
}
