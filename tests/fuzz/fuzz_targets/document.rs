//! Mutated documents of this project's tests: the generator neither panics nor hangs.
//!
//! Random bytes are hardly ever a valid document. Here they select a document and mutations of its parts.

#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use generator::{Input, Source, generate, lint};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static DOCUMENTS: LazyLock<Vec<(Value, String)>> = LazyLock::new(documents);

fuzz_target!(init: report_what_is_not_caught(), |bytes: &[u8]| {
    let Some((document, config)) = made(&mut bytes.iter().copied()) else { return };
    let input =
        Input::new(Source::new("openapi.json", document.to_string()), Source::new("generator.toml", config));
    let (linted, generated) = (lint(&input), generate(&input));
    match (linted, generated) {
        (Err(diagnostics), Err(same)) => assert!(!diagnostics.is_empty() && diagnostics == same),
        (Err(_), Ok(_)) => panic!("lint rejects what is generated"),
        (Ok(_), Err(diagnostics)) => {
            let is_upstream = diagnostics.iter().all(|diagnostic| diagnostic.code == generator::Code::Upstream);
            assert!(is_upstream && !diagnostics.is_empty());
            diagnostics.iter().for_each(|diagnostic| drop(diagnostic.to_string()));
        }
        (Ok(_), Ok(files)) => assert!(files.iter().count() > 0),
    }
});

/// Ignores panics that the generator turns into diagnostics; libFuzzer's own hook would end the process.
fn report_what_is_not_caught() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !generator::catches_panics() {
            report(panic);
        }
    }));
}

/// Returns the documents of the goldens and rejections, with their settings.
fn documents() -> Vec<(Value, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let goldens = entries(&tests.join("corpus/accepted")).into_iter().map(|golden| golden.join("openapi.yaml"));
    let rejections = entries(&tests.join("corpus/rejected")).into_iter();
    let documents = goldens.chain(rejections).filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let read = |path: PathBuf| {
        let document = serde_yaml::from_str(&fs::read_to_string(&path).ok()?).ok()?;
        let beside = [path.with_file_name("generator.toml"), path.with_extension("toml")];
        Some((document, beside.iter().find_map(|path| fs::read_to_string(path).ok()).unwrap_or_default()))
    };
    documents.filter_map(read).collect()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(directory).expect("a directory of tests").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
}

/// Returns the document that the bytes select and mutate.
fn made(bytes: &mut impl Iterator<Item = u8>) -> Option<(Value, String)> {
    let (mut document, config) = DOCUMENTS[usize::from(bytes.next()?) % DOCUMENTS.len()].clone();
    while let Some(what) = bytes.next() {
        let mut pointers = Vec::new();
        collect(&document, String::new(), &mut pointers);
        let mut pointer = || {
            let number = usize::from(u16::from_be_bytes([bytes.next()?, bytes.next()?]));
            Some(pointers[number % pointers.len()].clone())
        };
        let (here, there) = (pointer()?, pointer()?);
        let other = document.pointer(&there).cloned()?;
        let value = document.pointer_mut(&here)?;
        change(value, what, &there, other);
    }
    Some((document, config))
}

fn change(value: &mut Value, what: u8, there: &str, other: Value) {
    const ODD: [&str; 24] = [
        "", " ", "type", "self", "Self", "crate", "_", "0", "1e999", "a/b~c", "{id}", "{", "é", "\u{0}", "\u{202e}", "Option", "x-webhooks",
        "default", "200", "99", "date-time", "#/", "application/json", "a\nb",
    ];
    const TYPES: [&str; 6] = ["object", "array", "string", "integer", "number", "boolean"];
    let old = value.take();
    let index = usize::from(what / 16);
    *value = match what % 16 {
        0 => json!({"$ref": format!("#{there}")}),
        1 => json!({"allOf": [old, other]}),
        2 => json!({"oneOf": [old, other]}),
        3 => json!({"type": "array", "items": old}),
        4 => json!({"type": "object", "properties": {ODD[index]: old, "b": other}}),
        5 => json!({"anyOf": [old, {"not": other}]}),
        6 => json!(ODD[index]),
        7 => json!([0, -1, 1_i64 << 62, 1, 255][index % 5]),
        8 => json!(1e300),
        9 => json!([old, other]),
        10 => json!({"type": TYPES[index % TYPES.len()], "nullable": true, "enum": [old, other]}),
        11 => json!({"type": "object", "additionalProperties": old, "required": [ODD[index]]}),
        12 => without(old, index),
        13 => with(old, ODD[index + 8], other),
        14 => renamed(old, index, ODD[(index * 5) % ODD.len()]),
        _ => other,
    };
}

/// Removes one entry.
fn without(value: Value, index: usize) -> Value {
    match value {
        Value::Object(mut entries) => {
            let key = entries.keys().nth(index % entries.len().max(1)).cloned();
            key.and_then(|key| entries.remove(&key));
            Value::Object(entries)
        }
        Value::Array(mut items) if !items.is_empty() => {
            items.remove(index % items.len());
            Value::Array(items)
        }
        _ => Value::Null,
    }
}

/// Adds an entry.
fn with(value: Value, key: &str, other: Value) -> Value {
    match value {
        Value::Object(mut entries) => {
            entries.insert(key.to_owned(), other);
            Value::Object(entries)
        }
        Value::Array(mut items) => {
            items.push(other);
            Value::Array(items)
        }
        other => other,
    }
}

/// Renames the key of one entry.
fn renamed(value: Value, index: usize, key: &str) -> Value {
    let Value::Object(mut entries) = value else { return json!(key) };
    let old = entries.keys().nth(index % entries.len().max(1)).cloned();
    if let Some(child) = old.and_then(|old| entries.remove(&old)) {
        entries.insert(key.to_owned(), child);
    }
    Value::Object(entries)
}

/// Collects the pointers to a value and to everything in it.
fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    let step = |step: &str| format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, child)| collect(child, step(key), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, child)| collect(child, step(&index.to_string()), found));
        }
        _ => {}
    }
    found.push(pointer);
}
