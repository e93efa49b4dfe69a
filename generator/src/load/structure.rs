//! Checks a document against the tables of its version: keys, kinds of values, and required fields.
//!
//! One mistake is one diagnostic: nothing inside a value of the wrong kind is checked.

use std::ptr;

use serde_json::{Map, Value};

use super::grammar::{self, Field, Key, Kind, Object, Others, Versions};
use super::{conditions, mistakes, places};
use crate::code::Code;
use crate::document::{WEBHOOKS, is_method};
use crate::media::is_token;
use crate::near::{perhaps, typo};
use crate::origin::PLACE;
use crate::source::{Source, Trail, Unlocated, join};

/// Returns all problems, warnings included. The document has records of its places.
pub(super) fn check(source: &Source, document: &Value, object: &'static Object, version: Versions) -> Vec<Unlocated> {
    let mut check = Check { source, document, version, found: Vec::new() };
    check.object(document, &Trail::Root, object);
    // A misspelt tag is also a tag that is not declared.
    if check.found.iter().any(|one| !one.code.is_warning()) {
        check.found.retain(|one| one.code != Code::LikelyMistake);
    }
    check.found
}

/// Returns why a value is not a path item.
pub(super) fn problem_of_path_item(item: &Value) -> Option<String> {
    let source = Source::new("", "");
    let found = check(&source, item, &grammar::PATH_ITEM, grammar::V30);
    found.into_iter().find(|one| !one.code.is_warning()).map(|one| one.message)
}

struct Check<'a> {
    source: &'a Source,
    document: &'a Value,
    version: Versions,
    found: Vec<Unlocated>,
}

impl Check<'_> {
    fn report(&mut self, code: Code, here: &Trail<'_>, message: String, help: impl Into<String>) {
        let at = self.source.at(places::of(self.document, &here.pointer()));
        self.found.push(Unlocated { code, message, at, help: help.into() });
    }

    fn wrong_kind(&mut self, here: &Trail<'_>, expected: &str, value: &Value) {
        let message = format!("expected {expected}, found {}", described(value));
        let help = match value {
            Value::Number(_) | Value::Bool(_) if expected == "text" => "put it in quotes",
            _ => "fix the value, or its indentation",
        };
        self.report(Code::Shape, here, message, help);
    }

    fn object(&mut self, value: &Value, here: &Trail<'_>, object: &'static Object) {
        let Value::Object(entries) = value else {
            if !(value.is_boolean() && is_schema(object) && self.version & grammar::NEW != 0) {
                self.wrong_kind(here, object.name, value);
            }
            return;
        };
        // References in other places are either written out, or reported because they lead nowhere.
        if !is_schema(object) && entries.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        // In 3.0, all keywords beside a reference are ignored.
        if is_schema(object) && entries.get("$ref").is_some_and(Value::is_string) && self.version & grammar::NEW == 0 {
            return;
        }
        for (key, child) in entries {
            self.entry(key, child, here, object, entries);
        }
        self.required(entries, here, object);
        let mistakes = if describes_values(object) {
            mistakes::of_schema(entries)
        } else if ptr::eq(object, &raw const grammar::OPERATION)
            || ptr::eq(object, &raw const grammar::SWAGGER_OPERATION)
        {
            mistakes::of_operation(entries, self.document)
        } else if ptr::eq(object, &raw const grammar::SECURITY_SCHEME) {
            mistakes::of_security_scheme(entries).into_iter().collect()
        } else {
            Vec::new()
        };
        for (steps, message, help) in mistakes {
            // One warning for all operations of a tag.
            if self
                .found
                .iter()
                .any(|one| one.code == Code::LikelyMistake && one.message == message && steps[0] == "tags")
            {
                continue;
            }
            let pointer = steps.iter().fold(here.pointer(), |pointer, step| join(&pointer, step));
            let at = self.source.at(places::of(self.document, &pointer));
            self.found.push(Unlocated { code: Code::LikelyMistake, message, at, help });
        }
    }

    fn entry(
        &mut self,
        key: &str,
        child: &Value,
        parent: &Trail<'_>,
        object: &'static Object,
        entries: &Map<String, Value>,
    ) {
        let here = &Trail::Key(parent, key);
        // Webhooks are an extension in 3.0: a client works without them, and a rule checks them.
        if key == WEBHOOKS {
            return;
        }
        if let Some(kind) = object.kind(key, self.version) {
            if ptr::eq(object, &raw const grammar::PATH_ITEM) && key == "additionalOperations" {
                self.methods(child, here);
            }
            self.kind(child, here, kind);
        } else if !key.starts_with("x-") && key != PLACE {
            self.unknown_key(key, here, object, entries);
        }
    }

    /// Checks the names of methods that have no key of their own.
    fn methods(&mut self, operations: &Value, here: &Trail<'_>) {
        for method in operations.as_object().into_iter().flat_map(Map::keys).filter(|method| *method != PLACE) {
            let here = &Trail::Key(here, method);
            let key = method.to_lowercase();
            if is_method(&key) {
                let message = format!("`{method}` is a key of its own");
                self.report(Code::Shape, here, message, format!("move the operation to `{key}` of the path"));
            } else if !is_token(method) {
                let message = format!("`{}` is not an HTTP method", method.escape_debug());
                self.report(Code::Shape, here, message, "use letters, such as COPY");
            }
        }
    }

    fn unknown_key(&mut self, key: &str, here: &Trail<'_>, object: &'static Object, entries: &Map<String, Value>) {
        match &object.others {
            Others::Keys(Key::Path, _) => {
                let message = format!("the path `{key}` does not begin with a slash");
                return self.report(Code::UnknownKey, here, message, format!("write `/{key}`"));
            }
            Others::Keys(Key::Status, _) => {
                let message = format!("`{key}` is not a status of responses");
                return self.report(Code::UnknownKey, here, message, "use a status such as 200 or 4XX, or `default`");
            }
            Others::None | Others::Open(_) => {}
        }
        let fields = object.fields.iter().filter(|field| field.versions & self.version != 0);
        let free = fields.map(|field| field.key).filter(|known| !entries.contains_key(*known));
        let is_open = matches!(object.others, Others::Open(versions) if versions & self.version != 0);
        let message = format!("{} has no key `{key}`", object.name);
        if let Some(meant) = typo(key, free) {
            // JSON Schema allows any keyword.
            let code = if is_open { Code::LikelyMistake } else { Code::UnknownKey };
            self.report(code, here, message, format!("did you mean `{meant}`?"));
        } else if let Some(field) = object.fields.iter().find(|field| field.key == key) {
            let help = format!("{} ignores it; it is a key of {}", named(self.version), named(field.versions));
            self.report(Code::IgnoredKeyword, here, message, help);
        } else if !is_open {
            self.report(Code::IgnoredKeyword, here, message, "it is ignored; names of your own begin with `x-`");
        }
    }

    fn required(&mut self, entries: &Map<String, Value>, here: &Trail<'_>, object: &'static Object) {
        let is_missing = |field: &&Field| field.required & self.version != 0 && !entries.contains_key(field.key);
        let by_condition = conditions::required(entries, here, object, self.version).iter().copied();
        let by_condition = by_condition.filter(|key| !entries.contains_key(*key));
        let missing = object.fields.iter().filter(is_missing).map(|field| field.key).chain(by_condition);
        let missing: Vec<_> = missing.collect();
        let typos: Vec<_> = entries.keys().filter(|key| object.kind(key, self.version).is_none()).collect();
        for key in missing {
            // The misspelt key is reported.
            if typos.iter().all(|other| typo(other, [key]).is_none()) {
                let message = format!("{} needs `{key}`", object.name);
                self.report(Code::Shape, here, message, format!("add `{key}`"));
            }
        }
    }

    fn kind(&mut self, value: &Value, here: &Trail<'_>, kind: &'static Kind) {
        // An optional field may be null: it is absent.
        if value.is_null() {
            return;
        }
        match kind {
            Kind::Any => {}
            Kind::Text => self.expect(value.is_string(), "text", value, here),
            Kind::Flag => self.expect(value.is_boolean(), "true or false", value, here),
            Kind::Number => self.expect(value.is_number(), "a number", value, here),
            Kind::Count => {
                let is_count = value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0);
                self.expect(is_count, "an integer of at least 0", value, here);
            }
            Kind::Word(words) => self.word(value, here, words),
            Kind::List => self.expect(value.is_array(), "a list", value, here),
            Kind::Texts => self.list(value, here, &mut |check, item, here| check.kind(item, here, &Kind::Text)),
            Kind::Words(words) => self.list(value, here, &mut |check, item, here| check.word(item, here, words)),
            Kind::WordOrWords(words) => match value {
                Value::Array(_) => self.list(value, here, &mut |check, item, here| check.word(item, here, words)),
                value => self.word(value, here, words),
            },
            Kind::TextMap => self.map(value, here, &mut |check, item, here| check.kind(item, here, &Kind::Text)),
            Kind::TextLists => self.map(value, here, &mut |check, item, here| check.kind(item, here, &Kind::Texts)),
            Kind::Requirements => {
                self.list(value, here, &mut |check, item, here| check.kind(item, here, &Kind::TextLists));
            }
            Kind::ListOf(object) => self.list(value, here, &mut |check, item, here| check.object(item, here, object)),
            Kind::MapOf(object) => self.map(value, here, &mut |check, item, here| check.object(item, here, object)),
            Kind::FlagOr(_) if value.is_boolean() => {}
            Kind::ObjectOrList(object) if value.is_array() => {
                self.list(value, here, &mut |check, item, here| check.object(item, here, object));
            }
            Kind::Object(object) | Kind::FlagOr(object) | Kind::ObjectOrList(object) => {
                self.object(value, here, object);
            }
        }
    }

    fn expect(&mut self, holds: bool, expected: &str, value: &Value, here: &Trail<'_>) {
        if !holds {
            self.wrong_kind(here, expected, value);
        }
    }

    fn word(&mut self, value: &Value, here: &Trail<'_>, words: &[&'static str]) {
        let Some(word) = value.as_str() else { return self.wrong_kind(here, "text", value) };
        if !words.contains(&word) {
            let message =
                format!("`{word}` is not one of {}{}", words.join(", "), perhaps(word, words.iter().copied()));
            self.report(Code::Shape, here, message, "use one of these values");
        }
    }

    fn list(&mut self, value: &Value, here: &Trail<'_>, visit: Visit<'_>) {
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| visit(self, item, &Trail::Index(here, index)));
            }
            value => self.wrong_kind(here, "a list", value),
        }
    }

    fn map(&mut self, value: &Value, here: &Trail<'_>, visit: Visit<'_>) {
        match value {
            Value::Object(entries) => {
                for (key, entry) in entries.iter().filter(|(key, _)| *key != PLACE) {
                    visit(self, entry, &Trail::Key(here, key));
                }
            }
            value => self.wrong_kind(here, "a map", value),
        }
    }
}

type Visit<'a> = &'a mut dyn FnMut(&mut Check<'_>, &Value, &Trail<'_>);

/// Whether an object has the keywords of schemas; in 2.0, parameters and headers have them, too.
fn describes_values(object: &'static Object) -> bool {
    let old = [&raw const grammar::SWAGGER_PARAMETER, &raw const grammar::ITEMS, &raw const grammar::SWAGGER_HEADER];
    is_schema(object) || old.contains(&ptr::from_ref(object))
}

fn is_schema(object: &Object) -> bool {
    ptr::eq(object, &raw const grammar::SCHEMA)
}

fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.len() > 40 => "text".to_owned(),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a map".to_owned(),
    }
}

/// Returns the names of versions.
fn named(versions: Versions) -> String {
    let all = [(grammar::V20, "2.0"), (grammar::V30, "3.0"), (grammar::V31, "3.1"), (grammar::V32, "3.2")];
    let names: Vec<_> = all.iter().filter(|(bit, _)| versions & bit != 0).map(|(_, name)| *name).collect();
    format!("OpenAPI {}", names.join(", "))
}
