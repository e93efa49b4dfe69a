//! Turns parts of the model into text for users of the crate.

use crate::model::{Field, Member, Operation, Presence, Resource, Response};

/// Returns the type of a field.
pub(super) fn field(field: &Field) -> String {
    let kind = &field.kind;
    around(field, if field.boxed { format!("Box<{kind}>") } else { kind.to_string() })
}

/// Returns the type of a field's value, without a box.
pub(super) fn value(field: &Field) -> String {
    around(field, field.kind.to_string())
}

fn around(field: &Field, inner: String) -> String {
    match field.presence {
        Presence::Required => inner,
        Presence::RequiredNullable | Presence::Optional => format!("Option<{inner}>"),
        Presence::OptionalNullable => format!("Option<Nullable<{inner}>>"),
    }
}

/// Returns the type inside a variant of a union.
pub(super) fn member(member: &Member) -> String {
    let kind = &member.kind;
    if member.boxed { format!("Box<{kind}>") } else { kind.to_string() }
}

/// Returns the return type of a call.
pub(super) fn response(response: &Response) -> String {
    match response {
        Response::Empty => "()".to_owned(),
        Response::Text => "String".to_owned(),
        Response::Bytes => "Bytes".to_owned(),
        Response::Plain(kind) | Response::Enveloped(kind) => kind.to_string(),
        Response::Events(kind) => format!("Events<{kind}>"),
        Response::Lines(kind) => format!("Lines<{kind}>"),
        Response::Page(row) => format!("Page<{row}>"),
        Response::Optional(inner) => format!("Option<{}>", self::response(inner)),
        Response::Choice { name, cases } => {
            let cases = cases.iter().map(|case| match &case.response {
                Response::Empty => case.variant.clone(),
                response => format!("{}({})", case.variant, self::response(response)),
            });
            format!("{name} {{ {} }}", cases.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Returns the call chain of an operation, for messages.
pub(super) fn method(resource: &Resource, operation: &Operation) -> String {
    format!("client.{}().{}()", resource.module, operation.method)
}

/// Returns a list of names: `a`, `b`.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
