//! Small documents, and the settings proposed for them.

use serde_json::{Value, json};

use super::propose;
use crate::{Input, Source};

/// Returns the proposal for operations by path, with other parts of the document, without its heading.
fn proposed(paths: &Value, others: &Value) -> String {
    let mut document = json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths});
    for (name, part) in others.as_object().expect("an object") {
        document[name] = part.clone();
    }
    let input = Input::new(Source::new("openapi.yaml", document.to_string()), Source::new("generator.toml", "? ="));
    let proposal = propose(&input).map_err(|found| format!("{found:?}")).expect("a document");
    let text = proposal.text.splitn(4, '\n').nth(3).expect("a heading").to_owned();
    // What is proposed is accepted.
    let input = Input::new(input.spec, Source::new("generator.toml", proposal.text));
    crate::lint(&input).map_err(|found| format!("{text}\n{found:?}")).expect("valid settings");
    text
}

/// Bearer tokens, which need no setting.
fn bearer() -> Value {
    json!({"security": [{"t": []}], "components": {"securitySchemes": {"t": {"type": "http", "scheme": "bearer"}}}})
}

fn get(parameters: &Value, body: &Value) -> Value {
    list("get", parameters, body, &json!({}))
}

fn list(method: &str, parameters: &Value, body: &Value, headers: &Value) -> Value {
    let parameters = parameters.as_object().expect("parameters").iter();
    let parameters: Vec<_> =
        parameters.map(|(name, kind)| json!({"name": name, "in": "query", "schema": {"type": kind}})).collect();
    let response = json!({"description": "d", "headers": headers, "content": {"application/json": {"schema": body}}});
    json!({method: {"operationId": "things", "parameters": parameters, "responses": {"200": response}}})
}

/// An object with an array of objects and these properties.
fn page(others: &Value) -> Value {
    let mut properties = json!({"items": {"type": "array", "items": {
        "type": "object", "required": ["id"], "properties": {"id": {"type": "string"}},
    }}});
    for (name, schema) in others.as_object().expect("properties") {
        properties[name] = schema.clone();
    }
    json!({"type": "object", "properties": properties})
}

/// The proposal for one list, without the line about authentication and the reason.
fn of_list(operation: &Value) -> String {
    let text = proposed(&json!({"/things": operation}), &bearer());
    let mut settings = text.trim_start().split("\n\n");
    assert_eq!(settings.next().map(str::trim_end), Some("# The document sends the API key as a bearer token."));
    settings.map(|setting| setting.lines().skip(1).collect::<Vec<_>>().join("\n")).collect()
}

#[test]
fn lists() {
    let string = || json!({"type": "string"});
    let integer = || json!({"type": "integer"});
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    let link = json!({"Link": {"schema": {"type": "string"}}});
    #[rustfmt::skip]
    let cases = [
        // Cursors.
        (get(&json!({"cursor": "string", "limit": "integer"}), &page(&json!({"next_cursor": string()}))), "cursor = \"cursor\"\nnext = \"/next_cursor\"\nsize = \"limit\""),
        (get(&json!({"pageToken": "string"}), &page(&json!({"meta": object(json!({"nextPageToken": string()}))}))), "cursor = \"pageToken\"\nnext = \"/meta/nextPageToken\""),
        (get(&json!({"after": "integer"}), &page(&json!({"cursor": object(json!({"after": integer()}))}))), "cursor = \"after\"\nnext = \"/cursor/after\""),
        (list("get", &json!({"token": "string"}), &page(&json!({})), &json!({"X-Next-Token": {"schema": {"type": "string"}}})), "cursor = \"token\"\nnext_header = \"X-Next-Token\""),
        (get(&json!({"starting_after": "string"}), &page(&json!({"has_more": {"type": "boolean"}}))), "cursor = \"starting_after\"\nlast_row = \"/id\"\nhas_more = \"/has_more\""),
        (get(&json!({"after": "string"}), &page(&json!({}))), "# [[lists]]\n# cursor = \"after\"\n# last_row = \"/id\""),
        // Page numbers.
        (get(&json!({"page": "integer", "per_page": "integer"}), &page(&json!({"total": integer(), "total_pages": integer()}))), "page = \"page\"\ntotal_count = \"/total\"\ntotal_pages = \"/total_pages\"\nsize = \"per_page\""),
        (get(&json!({"page": "number"}), &page(&json!({}))), "page = \"page\""),
        // The size of a page is no total.
        (get(&json!({"page": "integer"}), &page(&json!({"count": integer()}))), "page = \"page\""),
        // Offsets.
        (get(&json!({"skip": "integer", "limit": "integer"}), &json!({"type": "array", "items": {"type": "string"}})), "offset = \"skip\"\nsize = \"limit\""),
        (get(&json!({"start": "integer"}), &page(&json!({}))), "# [[lists]]\n# offset = \"start\""),
        // URLs.
        (get(&json!({}), &page(&json!({"next": {"type": "string", "format": "uri"}, "count": integer()}))), "next = \"/next\"\ntotal_count = \"/count\""),
        (get(&json!({}), &page(&json!({"_links": object(json!({"next": object(json!({"href": string()}))}))}))), "next = \"/_links/next/href\""),
        (list("get", &json!({"per_page": "integer"}), &page(&json!({})), &link), "next_header = \"Link\"\nsize = \"per_page\""),
        // Of several arrays, the one with a usual name has the rows.
        (get(&json!({"page": "integer"}), &page(&json!({"warnings": {"type": "array", "items": {"type": "string"}}}))), "page = \"page\"\nrows = \"/items\""),
        // Other operations are no lists.
        (get(&json!({"page": "integer"}), &json!({"type": "string"})), ""),
        (get(&json!({"color": "string"}), &page(&json!({}))), ""),
    ];
    for (operation, expected) in cases {
        let found = of_list(&operation);
        let found = found.strip_prefix("[[lists]]\n").unwrap_or(&found);
        assert_eq!(found.trim_end(), expected, "{operation}");
    }
}

/// The entry with more conditions comes first; an entry names its operations if others would fit, too.
#[test]
fn several_kinds_of_lists() {
    let named = |id: &str, mut operation: Value| {
        operation["get"]["operationId"] = json!(id);
        operation
    };
    let string = json!({"type": "string"});
    let paths = json!({
        "/a": named("a", get(&json!({"cursor": "string"}), &page(&json!({"next_cursor": string, "next": string})))),
        "/b": named("b", get(&json!({"cursor": "string"}), &page(&json!({"next": string})))),
        "/c": named("c", get(&json!({"cursor": "string", "limit": "integer"}), &page(&json!({"next": string})))),
    });
    let expected = "# The document sends the API key as a bearer token.

# `c`: `/next` of the response is the next `cursor`.
[[lists]]
cursor = \"cursor\"
next = \"/next\"
size = \"limit\"

# `a`: `/next_cursor` of the response is the next `cursor`.
[[lists]]
cursor = \"cursor\"
next = \"/next_cursor\"

# `b`: `/next` of the response is the next `cursor`.
[[lists]]
cursor = \"cursor\"
next = \"/next\"
";
    assert_eq!(proposed(&paths, &bearer()), expected);
    let paths = json!({
        "/a": named("a", get(&json!({"cursor": "string"}), &page(&json!({"next_cursor": string, "next": string})))),
        "/b": named("b", list("get", &json!({"cursor": "string"}), &page(&json!({"next_cursor": string})), &json!({}))),
        "/c": named("c", get(&json!({"cursor": "string"}), &page(&json!({"after": string, "next": string})))),
    });
    let text = proposed(&paths, &bearer());
    assert!(text.contains("[[lists]]\ncursor = \"cursor\"\nnext = \"/next_cursor\"\n"), "{text}");
    assert!(
        text.contains("[[lists]]\noperations = [\n    \"c\",\n]\ncursor = \"cursor\"\nnext = \"/next\"\n"),
        "{text}"
    );
}

/// The search has its cursor in the body.
#[test]
fn cursors_in_bodies() {
    let body = json!({"type": "object", "properties": {"start_cursor": {"type": "string"}}});
    let mut operation = list("post", &json!({}), &page(&json!({"next_cursor": {"type": "string"}})), &json!({}));
    operation["post"]["requestBody"] = json!({"content": {"application/json": {"schema": body}}});
    assert_eq!(of_list(&operation).trim_end(), "[[lists]]\ncursor = \"start_cursor\"\nnext = \"/next_cursor\"");
}

#[test]
fn keys() {
    let schemes = |name: &str| json!({"components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": name}}}});
    let plain = json!({"get": {"responses": {"204": {"description": "d"}}}});
    let with = |place: &str, name: &str| {
        let parameter = json!({"name": name, "in": place, "schema": {"type": "string"}});
        json!({"get": {"parameters": [parameter], "responses": {"204": {"description": "d"}}}})
    };
    let rejecting = json!({"get": {"responses": {"401": {"description": "d"}}}});
    let described = json!({"info": {"title": "T", "version": "1", "description": "Send `Authorization: Bearer KEY`."}});
    for (operation, others, expected) in [
        (
            &plain,
            schemes("X-Key"),
            "# The document declares the scheme `key`, but no operation requires it.\nauth = { header = \"X-Key\" }",
        ),
        (
            &with("header", "X-Api-Key"),
            json!({}),
            "# The document declares no scheme; operations have the header `X-Api-Key`.\nauth = { header = \"X-Api-Key\" }",
        ),
        (
            &with("query", "api_key"),
            json!({}),
            "# The document declares no scheme; operations have the query parameter `api_key`.\nauth = { query = \"api_key\" }",
        ),
        (
            &with("header", "Authorization"),
            json!({}),
            "# Not sure: The document declares no scheme; operations have the header `Authorization`.\n# auth = \"bearer\"",
        ),
        (
            &plain,
            described,
            "# Not sure: The document declares no scheme; its description mentions a header with a token.\n# auth = \"bearer\"",
        ),
        (
            &rejecting,
            json!({}),
            "# Not sure: The document declares no scheme, but operations respond with 401.\n# auth = \"bearer\"",
        ),
        (
            &plain,
            json!({}),
            "# Not sure: The document declares no authentication. If the API needs a key:\n# auth = \"bearer\"",
        ),
    ] {
        assert_eq!(proposed(&json!({"/a": operation}), &others).trim(), expected, "{operation}");
    }
}

/// Bodies of successes and errors, and headers of requests.
#[test]
fn bodies_and_headers() {
    let string = json!({"type": "string"});
    let success = json!({"type": "object", "required": ["ok", "data"], "properties": {"ok": {"type": "boolean"}, "data": string}});
    let error = json!({"type": "object", "properties": {"error": {"type": "object", "properties": {"message": string, "type": string}}}});
    let body = |schema: &Value| json!({"description": "d", "content": {"application/json": {"schema": schema}}});
    let header = |name: &str, schema: Value| json!({"name": name, "in": "header", "schema": schema});
    let operation = json!({"post": {
        "parameters": [header("X-Api-Version", json!({"type": "string", "enum": ["2024-01"]})), header("X-Idempotency", string.clone())],
        "responses": {"200": body(&success), "400": body(&error), "500": body(&error)},
    }});
    let others = json!({
        "info": {"title": "T", "version": "1", "description": "At most 100 requests per minute."},
        "security": bearer()["security"], "components": bearer()["components"],
    });
    let expected = "# The document sends the API key as a bearer token.

# Creates have the header `X-Idempotency`: the client sends a key with each, and retries them.
[idempotency]
header = \"X-Idempotency\"

# Most operations have the header `X-Api-Version`: the client sends it with each request.
[headers]
\"X-Api-Version\" = \"2024-01\"

# Not sure: The description says \"100 requests per minute.\". The client can keep to it:
# [rate_limit]
# requests = 100
# window_seconds = 60

# 2 of 2 error responses have the message in `/error/message`.
[error]
message = \"/error/message\"
code = \"/error/type\"

# 1 of 1 success bodies have the flag `ok` and the data in `data`.
[envelope]
success = \"ok\"
data = \"data\"
";
    assert_eq!(proposed(&json!({"/a": operation}), &others), expected);
}

/// Many operations with several tags get features; a setting is not proposed for fewer, or for one tag.
#[test]
fn features_for_tags() {
    for (operations, tags, is_proposed) in [(101, 2, true), (100, 2, false), (101, 1, false)] {
        let operation = |index: usize| {
            let tag = format!("t{}", index % tags);
            json!({"get": {"tags": [tag], "responses": {"204": {"description": "d"}}}})
        };
        let paths: serde_json::Map<_, _> =
            (0..operations).map(|index| (format!("/a{index}"), operation(index))).collect();
        let text = proposed(&paths.into(), &bearer());
        assert_eq!(text.contains("\ntag_features = true\n"), is_proposed, "{operations} {tags}: {text}");
    }
}
