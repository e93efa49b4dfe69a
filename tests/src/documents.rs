//! Small documents, and the generator's results for them.

use std::sync::Once;

use generator::{Diagnostic, FileSet, Input, Source, generate};
use serde_json::{Map, Value, json};

/// Silences panics that the generator catches, for the rest of the process.
pub fn silence_caught_panics() {
    static SILENT: Once = Once::new();
    SILENT.call_once(xtask::silence_caught_panics);
}

/// Generates files from a document without settings and samples.
pub fn run(document: String) -> Result<FileSet, Vec<Diagnostic>> {
    silence_caught_panics();
    let (spec, config) = (Source::new("openapi.yaml", document), Source::new("generator.toml", ""));
    generate(&Input::new(spec, config))
}

/// Returns the schema of a string.
pub fn text() -> Value {
    json!({"type": "string"})
}

/// Returns the schema of an object with one property.
pub fn object(property: &str) -> Value {
    json!({"type": "object", "properties": {property: {"type": "string"}}})
}

/// Returns a document whose operation responds with this schema.
pub fn of_response(schema: &Value) -> String {
    document(schema, &Map::new())
}

/// Returns a document whose operation responds with this schema, with components.
pub fn document(schema: &Value, schemas: &Map<String, Value>) -> String {
    let content = json!({"application/json": {"schema": schema}});
    let operation = json!({"operationId": "a", "responses": {"200": {"description": "d", "content": content}}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    });
    document.to_string()
}
