//! The model's terms → the words that users of the crate know them by.

use crate::model::{Field, Member, Operation, Presence, Resource, Response};

/// The type of a field.
pub(super) fn field(field: &Field) -> String {
    let kind = &field.kind;
    around(field, if field.boxed { format!("Box<{kind}>") } else { kind.to_string() })
}

/// The type of what a field is given.
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

/// What a variant of a union holds.
pub(super) fn member(member: &Member) -> String {
    let kind = &member.kind;
    if member.boxed { format!("Box<{kind}>") } else { kind.to_string() }
}

/// What a call gives.
pub(super) fn response(response: &Response) -> String {
    match response {
        Response::Empty => "()".to_owned(),
        Response::Text => "String".to_owned(),
        Response::Bytes => "Bytes".to_owned(),
        Response::Plain(kind) | Response::Enveloped(kind) => kind.to_string(),
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

/// How users get to an operation.
pub(super) fn method(resource: &Resource, operation: &Operation) -> String {
    format!("client.{}().{}()", resource.module, operation.method)
}

/// Names in a row: `a`, `b`.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
