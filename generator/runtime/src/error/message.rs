//! Finds the message of an error response whose body does not have the documented form.
//!
//! It reads only properties that describe the error: any other property may be personal data.

use serde_json::{Map, Value};

use super::decode::is_plain;

/// Property names of messages, the most specific first. They are in lower case and without separators: `errorMessage`
/// and `error_message` are the same. The last ones hold messages, or objects with messages.
const NAMES: [&str; 15] = [
    "detail",
    "details",
    "message",
    "errordescription",
    "errormessage",
    "errormsg",
    "msg",
    "faultstring",
    "statusmessage",
    "reason",
    "title",
    "description",
    "errors",
    "error",
    "fault",
];
/// The maximum number of messages read from a list.
const MOST: usize = 3;
/// The maximum nesting depth of a message.
const DEEPEST: usize = 5;

/// Returns the message of a body, if it has a common form.
pub(crate) fn find(body: &Value) -> Option<String> {
    message_of(body, DEEPEST)
}

fn message_of(value: &Value, depth: usize) -> Option<String> {
    let deeper = depth.checked_sub(1)?;
    match value {
        Value::String(message) => (!message.trim().is_empty()).then(|| message.clone()),
        Value::Array(items) => joined(items.iter().filter_map(|item| message_of(item, deeper))),
        Value::Object(fields) => {
            let (name, message) =
                NAMES.iter().find_map(|name| Some((*name, named(name, property(fields, name)?, deeper)?)))?;
            // In a problem document (RFC 9457), the title is the kind of problem.
            let title = fields.get("title").and_then(Value::as_str).filter(|_| name == "detail");
            Some(title.map_or(message.clone(), |title| format!("{title}: {message}")))
        }
        _ => None,
    }
}

/// Returns the property with this name, ignoring case and separators.
fn property<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).or_else(|| fields.iter().find(|(field, _)| is_written(field, name)).map(|(_, value)| value))
}

fn is_written(field: &str, name: &str) -> bool {
    let letters = field.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
    letters.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes())
}

/// Returns the message of a property; `errors` may also be an object with messages for each field of the request.
fn named(name: &str, value: &Value, depth: usize) -> Option<String> {
    message_of(value, depth).or_else(|| of_each_field(value.as_object().filter(|_| name == "errors")?, depth))
}

fn of_each_field(fields: &Map<String, Value>, depth: usize) -> Option<String> {
    let plain = fields.iter().filter(|(field, _)| is_plain(field));
    joined(plain.filter_map(|(field, value)| Some(format!("{field}: {}", message_of(value, depth)?))))
}

fn joined(messages: impl Iterator<Item = String>) -> Option<String> {
    let messages: Vec<String> = messages.take(MOST).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn common_forms() {
        for (body, message) in [
            (json!("Not today."), Some("Not today.")),
            (json!({"message": "Not today."}), Some("Not today.")),
            (json!({"error": "Not today."}), Some("Not today.")),
            (json!({"error": {"message": "Not today.", "param": "x"}}), Some("Not today.")),
            (json!({"error": "invalid_grant", "error_description": "It expired."}), Some("It expired.")),
            (json!({"errors": [{"title": "Bad"}, {"detail": "Too long"}]}), Some("Bad; Too long")),
            (json!({"errors": ["a", "b", "c", "d"]}), Some("a; b; c")),
            (
                json!({"errors": {"email": ["is taken", "is short"], "name": "is missing"}}),
                Some("email: is taken; is short; name: is missing"),
            ),
            (
                json!({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "No quota."}),
                Some("Forbidden: No quota."),
            ),
            (json!({"title": "Forbidden"}), Some("Forbidden")),
            (json!({"detail": [{"loc": ["body", "x"], "msg": "field required"}]}), Some("field required")),
            (json!([{"message": "a"}, {"message": "b"}]), Some("a; b")),
            (json!({"message": " ", "error": "x"}), Some("x")),
            (json!({"Message": "Not today."}), Some("Not today.")),
            (json!({"errorMessage": "Not today."}), Some("Not today.")),
            (json!({"error-message": "Not today."}), Some("Not today.")),
            (json!({"fault": {"faultstring": "Not today.", "detail": {"errorcode": "x"}}}), Some("Not today.")),
            (json!({"error": {"code": 403, "errors": [{"message": "Not today.", "domain": "x"}]}}), Some("Not today.")),
            (
                json!({"errors": [{"status": "422", "source": {"pointer": "/x"}, "title": "Invalid", "detail": "Too long"}]}),
                Some("Invalid: Too long"),
            ),
            (json!({"errors": [{"title": "Invalid"}]}), Some("Invalid")),
            (json!({"error": true, "description": "Not today."}), Some("Not today.")),
            (json!({"messages": ["a"], "status": "failed"}), None),
            // Nothing here is a message.
            (json!({"name": "Ada", "data": {"message": "hello"}}), None),
            (json!({"errors": {"ada lovelace": "x"}}), None),
            (json!({"error": 7, "errors": [], "message": null}), None),
            (json!({"error": {"error": {"error": {"error": {"error": "deep"}}}}}), None),
            (json!(null), None),
        ] {
            assert_eq!(find(&body).as_deref(), message, "{body}");
        }
    }
}
