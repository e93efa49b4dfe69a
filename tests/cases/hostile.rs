//! Hostile documents: each is rejected with a diagnostic or generates files, in a short time.
//!
//! Without a bound, such a document takes gigabytes or minutes, or ends the process.

use generator::Diagnostic;
use libtest_mimic::Trial;
use serde_json::{Value, json};
use tests::documents::{document, object, of_response, run, text};

use crate::case;

/// A name, a document, and the code of a diagnostic about it; `None` if the document generates files.
type Case = (&'static str, fn() -> String, Option<&'static str>);

const CASES: &[Case] = &[
    // Malformed text.
    ("empty", String::new, Some("openapi-version")),
    ("only_a_comment", || "# nothing\n".to_owned(), Some("openapi-version")),
    ("nul", || format!("{MINIMAL}x-a: \"\0\"\n"), Some("syntax")),
    ("tabs", || format!("{MINIMAL}x-a:\n\t- 1\n"), Some("syntax")),
    ("two_documents", || format!("{MINIMAL}---\n{MINIMAL}"), Some("syntax")),
    ("key_twice", || format!("{MINIMAL}paths: {{}}\n"), Some("syntax")),
    ("unknown_alias", || format!("{MINIMAL}x-a: *b\n"), Some("syntax")),
    ("alias_of_itself", || format!("{MINIMAL}x-a: &a [*a]\n"), Some("syntax")),
    ("numbers_as_keys", || format!("{MINIMAL}components: {{schemas: {{1: {{type: string}}}}}}\n"), None),
    ("huge_number", || format!("{MINIMAL}x-a: 1{}\n", "0".repeat(5_000)), None),
    ("no_number", || format!("{MINIMAL}x-a: .nan\nx-b: .inf\n"), None),
    // References from places that can hold data, such as `default` and extensions, and into them.
    (
        "default_response",
        || {
            let inside = json!({"a": {"type": "object", "properties": {"with space": {"type": "string"}}}});
            let reference = json!({"$ref": "#/components/schemas/a/properties/with%20space"});
            let content = json!({"application/json": {"schema": reference}});
            let responses = json!({"default": {"description": "", "content": content}});
            of_paths(&json!({"/a": {"get": {"responses": responses}}}), &json!({"schemas": inside}))
        },
        None,
    ),
    (
        "default_response_without_its_schema",
        || {
            let content = json!({"application/json": {"schema": reference(7)}});
            of_paths(
                &json!({"/a": {"get": {"responses": {"default": {"description": "", "content": content}}}}}),
                &json!({}),
            )
        },
        Some("unknown-ref"),
    ),
    (
        "schemas_in_an_extension",
        || {
            let itself = json!({"$ref": "#/components/x-types/a"});
            let paths = json!({"/a": {"get": {"responses": {"200": {
                "description": "",
                "content": {"application/json": {"schema": itself.clone()}},
            }}}}});
            let a = json!({"type": "object", "properties": {"x-next": itself}});
            of_paths(&paths, &json!({"x-types": {"a": a}}))
        },
        None,
    ),
    // Wrong types.
    ("list", || "[]".to_owned(), Some("openapi-version")),
    ("paths_are_a_list", || MINIMAL.replace("paths: {}", "paths: []"), Some("shape")),
    ("paths_are_null", || MINIMAL.replace("paths: {}", "paths:"), Some("shape")),
    ("version_is_a_list", || MINIMAL.replace("3.0.3", "[3]"), Some("openapi-version")),
    (
        "wrong_far_inside",
        || of_response(&nested(40, &json!(5), |inner| json!({"type": "object", "properties": {"p": inner}}))),
        Some("shape"),
    ),
    (
        "wrong_far_inside_maps",
        || of_response(&nested(80, &json!(5), |inner| json!({"additionalProperties": inner}))),
        Some("shape"),
    ),
    // Deep nesting.
    ("lists_in_lists", || format!("{MINIMAL}x-a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), Some("size")),
    (
        "maps_in_maps",
        || format!("{{\"openapi\": \"3.0.3\", \"x-a\": {}1{}}}", "{\"a\":".repeat(100_000), "}".repeat(100_000)),
        Some("size"),
    ),
    (
        "indented",
        || (0..1_000).fold(MINIMAL.to_owned(), |text, depth| format!("{text}{}x-a:\n", " ".repeat(depth))),
        Some("size"),
    ),
    ("lists_of_lists", || of_response(&nested(80, &text(), |inner| json!({"type": "array", "items": inner}))), None),
    (
        "objects_in_objects",
        || of_response(&nested(40, &text(), |inner| json!({"type": "object", "properties": {"p": inner}}))),
        None,
    ),
    ("parts_of_parts", || of_response(&nested(40, &object("a"), |inner| json!({"allOf": [inner, object("b")]}))), None),
    // Many values.
    ("aliases_of_a_long_list", || aliases(10_000, 1_000), Some("size")),
    (
        "enum_of_20_000",
        || {
            of_response(
                &json!({"type": "string", "enum": (0..20_000).map(|number| format!("v{number}")).collect::<Value>()}),
            )
        },
        None,
    ),
    (
        "enum_of_one_name",
        || of_response(&json!({"type": "string", "enum": (0..300).map(|count| "!".repeat(count)).collect::<Value>()})),
        None,
    ),
    ("many_findings_in_one_line", || chain(2_000, |next| next), Some("unknown-ref")),
    // Long chains and cycles of components.
    ("chain_of_objects", || chain(1_000, |next| json!({"type": "object", "properties": {"next": next}})), None),
    ("chain_of_lists", || chain(1_000, |next| json!({"type": "array", "items": next})), None),
    ("chain_of_choices", || chain(1_000, |next| json!({"oneOf": [next, {"type": "integer"}]})), None),
    ("chain_of_parts", || chain(1_000, |next| json!({"allOf": [next, object("a")]})), Some("composition")),
    (
        "twice_the_parts_each_time",
        || chain(30, |next| json!({"allOf": [next, next, object("a")]})),
        Some("composition"),
    ),
    ("choices_by_choices", || of_response(&json!({"allOf": [choices(), choices()]})), None),
    ("list_of_itself", || circle(&json!({"type": "array", "items": ITSELF.clone()})), None),
    ("map_of_itself", || circle(&json!({"type": "object", "additionalProperties": ITSELF.clone()})), None),
    ("choice_of_itself", || circle(&json!({"oneOf": [ITSELF.clone(), text()]})), None),
    ("part_of_itself", || circle(&json!({"allOf": [ITSELF.clone(), object("a")]})), Some("composition")),
    (
        "part_of_a_part_of_itself",
        || circle(&json!({"allOf": [{"oneOf": [ITSELF.clone(), object("a")]}, object("b")]})),
        None,
    ),
    (
        "composed_inside_itself",
        || circle(&json!({"type": "object", "properties": {"next": {"allOf": [ITSELF.clone(), object("a")]}}})),
        None,
    ),
    (
        "object_inside_itself",
        || {
            circle(&json!({
                "type": "object",
                "properties": {"next": {"type": "object", "minProperties": 1, "allOf": [ITSELF.clone()]}},
            }))
        },
        None,
    ),
    (
        "limited_inside_itself",
        || circle(&json!({"type": "object", "properties": {"next": {"allOf": [ITSELF.clone(), {"minimum": 1}]}}})),
        None,
    ),
    (
        "described_inside_itself",
        || {
            circle(
                &json!({"type": "object", "properties": {"next": {"allOf": [ITSELF.clone(), {"description": "x"}]}}}),
            )
        },
        None,
    ),
    ("nothing_but_itself", || circle(&ITSELF), Some("unknown-ref")),
    ("not_itself", || circle(&json!({"not": ITSELF.clone()})), None),
];

/// The kinds of components that can reference each other.
const KINDS: [&str; 8] =
    ["schemas", "parameters", "responses", "requestBodies", "headers", "examples", "links", "callbacks"];

const MINIMAL: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";

/// A reference from the first component to itself.
static ITSELF: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| reference(0));

pub(crate) fn cases() -> Vec<Trial> {
    let documents =
        CASES.iter().map(|(name, document, code)| case(format!("hostile::{name}"), || check(document(), *code)));
    let circles = KINDS.map(|kind| case(format!("hostile::circle_of_{kind}"), move || circle_of(kind)));
    documents.chain(circles).collect()
}

fn check(document: String, code: Option<&str>) {
    match (run(document), code) {
        (Ok(files), None) => assert!(files.get("generated/mod.rs").is_some(), "no files"),
        (Err(found), Some(code)) => assert!(found.iter().all(|one| one.code.name() == code), "{}", first(&found)),
        (Ok(_), Some(code)) => panic!("no diagnostic of {code}"),
        (Err(found), None) => panic!("{}", first(&found)),
    }
}

/// Formats the first three diagnostics, because there may be thousands.
fn first(found: &[Diagnostic]) -> String {
    found.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

/// Returns a document with these paths and components.
fn of_paths(paths: &Value, components: &Value) -> String {
    json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths, "components": components})
        .to_string()
}

/// A reference to a component of `chain` or `circle`.
fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{number}")})
}

fn choices() -> Value {
    json!({"oneOf": (0..10).map(|number| object(&format!("p{number}"))).collect::<Value>()})
}

fn nested(depth: usize, innermost: &Value, around: fn(Value) -> Value) -> Value {
    (0..depth).fold(innermost.clone(), |inner, _| around(inner))
}

/// Returns a document whose components each reference the next one.
fn chain(length: usize, link: fn(Value) -> Value) -> String {
    let links = (0..length).map(|number| (format!("S{number}"), link(reference(number + 1))));
    document(&reference(0), &links.chain([(format!("S{length}"), object("last"))]).collect())
}

/// Returns a document whose component references itself.
fn circle(schema: &Value) -> String {
    document(&reference(0), &[("S0".to_owned(), schema.clone())].into_iter().collect())
}

fn aliases(values: usize, uses: usize) -> String {
    let [values, uses] = [("1,", values), ("*a,", uses)].map(|(item, count)| item.repeat(count));
    format!("{MINIMAL}x-a: &a [{values}]\nx-b: [{uses}]\n")
}

fn circle_of(kind: &str) {
    let to = |name: &str| json!({"$ref": format!("#/components/{kind}/{name}")});
    let mut document: Value = serde_json::from_str(&of_response(&text())).expect("JSON");
    document["components"] = json!({kind: {"A": to("B"), "B": to("A")}});
    check(document.to_string(), Some("unknown-ref"));
}
