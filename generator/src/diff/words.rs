//! The model's terms → the words that users of the crate know them by.

use crate::kind::Kind;
use crate::model::{Field, Member, Operation, Presence, Resource, Response};

/// The type that holds such a value.
pub(super) fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Text => "String".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer(name) | Kind::Float(name) => (*name).to_owned(),
        Kind::Decimal => "Decimal".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Date => "Date".to_owned(),
        Kind::Uuid => "Uuid".to_owned(),
        Kind::Bytes => "Bytes".to_owned(),
        Kind::Multipart => "Multipart".to_owned(),
        Kind::Json => "Value".to_owned(),
        Kind::JsonObject => "Map<String, Value>".to_owned(),
        Kind::Named(name) => name.clone(),
        Kind::List(inner) => format!("Vec<{}>", self::kind(inner)),
        Kind::Map(inner) => format!("BTreeMap<String, {}>", self::kind(inner)),
        Kind::Nullable(inner) => format!("Option<{}>", self::kind(inner)),
    }
}

/// The type of a field.
pub(super) fn field(field: &Field, boxed: bool) -> String {
    let kind = kind(&field.kind);
    let inner = if boxed { format!("Box<{kind}>") } else { kind };
    match field.presence {
        Presence::Required => inner,
        Presence::RequiredNullable | Presence::Optional => format!("Option<{inner}>"),
        Presence::OptionalNullable => format!("Option<Nullable<{inner}>>"),
    }
}

/// What a variant of a union holds.
pub(super) fn member(member: &Member) -> String {
    let kind = kind(&member.kind);
    if member.boxed { format!("Box<{kind}>") } else { kind }
}

/// What a call gives.
pub(super) fn response(response: &Response) -> String {
    match response {
        Response::Empty => "()".to_owned(),
        Response::Text => "String".to_owned(),
        Response::Bytes => "Bytes".to_owned(),
        Response::Plain(value) | Response::Enveloped { data: value, .. } => kind(value),
        Response::Page { row, .. } => format!("Page<{}>", kind(row)),
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
