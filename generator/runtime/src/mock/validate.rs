//! Validates requests as strictly as they are documented.

use std::num::IntErrorKind;

use serde_json::{Map, Value};

use super::spec::MockSpec;
use crate::api::form;
use crate::api::{Encoding, Field, Kind, Location, Operation, Parameter, Rule, Style};

/// The violations of a request, as messages.
#[derive(Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    pub(crate) fn add(&mut self, path: &str, problem: &str) {
        self.0.push(format!("{path}: {problem}"));
    }

    /// Joins all violations; `None` if there are none.
    pub(crate) fn text(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join("; "))
    }
}

/// The values of an operation's parameters, by name, as JSON.
pub(crate) type Arguments = Map<String, Value>;

/// Parses parameters from text, and reports violations.
pub(crate) fn arguments(
    spec: &MockSpec,
    operation: &Operation,
    path: &[(&str, String)],
    query: &[(String, String)],
    violations: &mut Violations,
) -> Arguments {
    let mut arguments = Arguments::new();
    for parameter in operation.parameters {
        let Some(split) = split(spec, parameter) else { continue };
        let texts: Vec<&str> = match parameter.location {
            Location::Path => {
                path.iter().filter(|(name, _)| *name == parameter.name).map(|(_, text)| text.as_str()).collect()
            }
            _ => query.iter().filter(|(name, _)| name == parameter.name).map(|(_, text)| text.as_str()).collect(),
        };
        if texts.is_empty() {
            if parameter.required {
                violations.add(parameter.name, "is required");
            }
            continue;
        }
        if texts.len() > 1 && split != Split::Repeated {
            violations.add(parameter.name, "is set more than once");
        }
        let value = value_of(spec, parameter, split, &texts);
        check(spec, parameter.name, &parameter.kind, &value, parameter.rules, violations);
        arguments.insert(parameter.name.to_owned(), value);
    }
    arguments
}

/// How a parameter contains several values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Split {
    /// There is one value.
    Whole,
    /// The values are joined by a delimiter.
    Joined(&'static str),
    /// Each value is a separate parameter.
    Repeated,
}

/// Returns how to parse a parameter; `None` if it is ignored. Only scalars, and query parameters with lists of scalars,
/// are parsed.
fn split(spec: &MockSpec, parameter: &Parameter) -> Option<Split> {
    let Encoding::Styled { style, explode } = parameter.encoding else { return None };
    let item = match parameter.kind {
        Kind::List(item) => item,
        ref kind => kind,
    };
    let is_list = matches!(parameter.kind, Kind::List(_));
    match (parameter.location, style, explode) {
        _ if !is_scalar(spec, item) => None,
        (Location::Path, Style::Simple, _) | (Location::Query, ..) if !is_list => Some(Split::Whole),
        (Location::Query, Style::SpaceDelimited, _) => Some(Split::Joined(" ")),
        (Location::Query, Style::PipeDelimited, _) => Some(Split::Joined("|")),
        (Location::Query, _, true) => Some(Split::Repeated),
        (Location::Query, _, false) => Some(Split::Joined(",")),
        _ => None,
    }
}

fn is_scalar(spec: &MockSpec, kind: &Kind) -> bool {
    match kind {
        Kind::Named(name) => spec.api.enumeration(name).is_some(),
        Kind::Any | Kind::List(_) | Kind::Map(_) | Kind::Nullable(_) => false,
        _ => true,
    }
}

fn value_of(spec: &MockSpec, parameter: &Parameter, split: Split, texts: &[&str]) -> Value {
    let item = match parameter.kind {
        Kind::List(item) => item,
        ref kind => kind,
    };
    let first = texts.first().copied().unwrap_or_default();
    match split {
        Split::Whole => scalar(spec, item, first),
        Split::Joined(delimiter) => first.split(delimiter).map(|text| scalar(spec, item, text)).collect(),
        Split::Repeated => texts.iter().map(|text| scalar(spec, item, text)).collect(),
    }
}

/// Parses text as a JSON value of this kind, or returns it as a string.
fn scalar(spec: &MockSpec, kind: &Kind, text: &str) -> Value {
    let parsed = match kind {
        Kind::Boolean => text.parse::<bool>().ok().map(Value::from),
        Kind::Integer => integer(text).map(Value::from),
        Kind::Named(name) if spec.api.enumeration(name).is_some_and(|known| known.integers) => {
            integer(text).map(Value::from)
        }
        Kind::Number | Kind::Decimal => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

/// Parses an integer. A number too large for `i64` is valid in a request; it becomes the largest `i64`.
fn integer(text: &str) -> Option<i64> {
    match text.parse() {
        Ok(number) => Some(number),
        Err(error) => match error.kind() {
            IntErrorKind::PosOverflow => Some(i64::MAX),
            IntErrorKind::NegOverflow => Some(i64::MIN),
            _ => None,
        },
    }
}

/// Validates a JSON body against its kind.
pub(crate) fn body(spec: &MockSpec, kind: &Kind, value: &Value, violations: &mut Violations) {
    check(spec, "body", kind, value, &[], violations);
}

fn check(spec: &MockSpec, path: &str, kind: &Kind, value: &Value, rules: &[Rule], violations: &mut Violations) {
    if let Some(expected) = mismatch(spec, kind, value) {
        return violations.add(path, &format!("must be {expected}"));
    }
    for rule in rules {
        if let Some(expected) = rule.broken_by(value) {
            violations.add(path, &expected);
        }
    }
    match (kind, value) {
        (_, Value::Null) => {}
        (Kind::Nullable(inner), value) => check(spec, path, inner, value, &[], violations),
        (Kind::List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                check(spec, &format!("{path}[{index}]"), item, value, &[], violations);
            }
        }
        (Kind::Map(item), Value::Object(entries)) => {
            for (key, value) in entries {
                check(spec, &format!("{path}.{key}"), item, value, &[], violations);
            }
        }
        (Kind::Named(name), Value::Object(entries)) => {
            if let Some(object) = spec.api.object(name) {
                fields(spec, path, object.fields, entries, violations);
                for condition in object.conditions {
                    let when = entries.get(condition.when).and_then(Value::as_str);
                    if when.is_some_and(|when| condition.is.contains(&when)) && !entries.contains_key(condition.field) {
                        let problem = format!("is required if {} is {}", condition.when, condition.is.join(" or "));
                        violations.add(&inside(path, condition.field), &problem);
                    }
                }
            }
        }
        _ => {}
    }
}

fn fields(spec: &MockSpec, path: &str, fields: &[Field], entries: &Map<String, Value>, violations: &mut Violations) {
    for field in fields {
        let path = inside(path, field.name);
        match entries.get(field.name) {
            None if field.required => violations.add(&path, "is required"),
            None => {}
            Some(Value::Null) if field.nullable => {}
            Some(value) => check(spec, &path, &field.kind, value, field.rules, violations),
        }
    }
}

fn inside(path: &str, field: &str) -> String {
    if path == "body" { field.to_owned() } else { format!("{path}.{field}") }
}

/// Returns the expected value, if this value does not match.
fn mismatch(spec: &MockSpec, kind: &Kind, value: &Value) -> Option<String> {
    if let Kind::Named(name) = kind {
        return named_mismatch(spec, name, value);
    }
    (!form::has(kind, value)).then(|| expected(kind).to_owned())
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::File | Kind::Named(_) => "a value",
        Kind::String => "a string",
        Kind::Boolean => "true or false",
        Kind::Integer => "an integer",
        Kind::Number | Kind::Decimal => "a number",
        Kind::Timestamp => "an RFC 3339 date and time",
        Kind::Date => "a date",
        Kind::Uuid => "a UUID",
        Kind::List(_) => "a list",
        Kind::Map(_) => "an object",
        Kind::Nullable(inner) => expected(inner),
    }
}

fn named_mismatch(spec: &MockSpec, name: &str, value: &Value) -> Option<String> {
    if spec.api.object(name).is_some() {
        return (!value.is_object()).then(|| "an object".to_owned());
    }
    let enumeration = spec.api.enumeration(name)?;
    match enumeration.text_of(value) {
        None => Some(if enumeration.integers { "an integer" } else { "a string" }.to_owned()),
        Some(text) if enumeration.closed && !enumeration.values.contains(&text.as_ref()) => {
            Some(format!("one of {}", enumeration.values.join(", ")))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_largest_one() {
        assert_eq!(integer("20669569283519913394176"), Some(i64::MAX));
        assert_eq!(integer("-20669569283519913394176"), Some(i64::MIN));
        assert_eq!(integer("2"), Some(2));
        assert_eq!(integer("2.5"), None);
        assert_eq!(integer(""), None);
    }
}
