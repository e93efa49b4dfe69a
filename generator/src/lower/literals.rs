//! Turns JSON values of examples into Rust literals.

use std::collections::HashMap;

use serde_json::Value;

use crate::kind::Kind;
use crate::model::{Inputs, Literal, Object, Operation, Presence, Shape};

/// The shapes of types, by name.
pub(super) type Shapes<'a> = HashMap<&'a str, &'a Shape>;

/// The minimum number of decimals in an amount.
const DECIMALS: usize = 2;

/// Returns the call of an operation with these inputs; `None` if a required input cannot be written in Rust.
pub(super) fn call(
    operation: &Operation,
    parameters: &[(usize, Value)],
    body: Option<&Value>,
    shapes: &Shapes<'_>,
) -> Option<Inputs> {
    let mut inputs = Inputs::default();
    for (index, value) in parameters {
        let parameter = operation.parameters.get(*index)?;
        let written = literal(&parameter.kind, value, shapes);
        if parameter.required {
            inputs.arguments.push(written?);
        } else if let Some(written) = written {
            inputs.setters.push((parameter.name.clone(), Some(written)));
        }
    }
    if let (Some(body), Some(value)) = (&operation.body, body) {
        let written = literal(&body.kind, value, shapes);
        if body.required {
            inputs.arguments.push(written?);
        } else if let Some(written) = written {
            inputs.setters.push(("body".to_owned(), Some(written)));
        }
    }
    Some(inputs)
}

/// Returns a value as an argument.
fn literal(kind: &Kind, value: &Value, shapes: &Shapes<'_>) -> Option<Literal> {
    Some(match kind {
        Kind::Text => Literal::Text(value.as_str()?.to_owned()),
        Kind::Boolean => Literal::Boolean(value.as_bool()?),
        Kind::Integer(_) => Literal::Integer(value.as_i64()?),
        Kind::Float => Literal::Float(value.as_f64()?),
        Kind::Decimal => amount(value)?,
        Kind::Timestamp | Kind::Date | Kind::Uuid => Literal::Parsed(value.as_str()?.to_owned()),
        Kind::Named(name) => named(name, value, shapes)?,
        Kind::List(item) => {
            let items = value.as_array()?.iter().map(|value| own(item, value, shapes));
            Literal::List(items.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

/// Returns a value of the type itself, for a place without conversion.
fn own(kind: &Kind, value: &Value, shapes: &Shapes<'_>) -> Option<Literal> {
    Some(match (kind, literal(kind, value, shapes)?) {
        (Kind::Text, Literal::Text(text)) => Literal::OwnText(text),
        (Kind::Decimal, Literal::Integer(whole)) => Literal::OwnAmount(whole),
        (_, other) => other,
    })
}

fn amount(value: &Value) -> Option<Literal> {
    if let Some(whole) = value.as_i64() {
        return Some(Literal::Integer(whole));
    }
    let text = value.as_number()?.to_string();
    let (whole, fraction) = text.split_once('.')?;
    let fraction = format!("{fraction:0<DECIMALS$}");
    Some(Literal::Amount { digits: format!("{whole}{fraction}").parse().ok()?, scale: fraction.len() })
}

fn named(name: &str, value: &Value, shapes: &Shapes<'_>) -> Option<Literal> {
    match shapes.get(name)? {
        Shape::Enumeration(enumeration) => {
            let wire = value.as_str()?;
            let variant = enumeration.variants.iter().find(|variant| variant.wire == wire)?;
            Some(Literal::Variant { enumeration: name.to_owned(), variant: variant.name.clone() })
        }
        Shape::Object(object) if object.constructed => {
            Some(Literal::Object { name: name.to_owned(), inputs: inputs(object, value, shapes)? })
        }
        _ => None,
    }
}

/// Returns the arguments of `new`, and setters for the other fields.
fn inputs(object: &Object, value: &Value, shapes: &Shapes<'_>) -> Option<Inputs> {
    let mut inputs = Inputs::default();
    for field in object.fields.iter().filter(|field| field.constant.is_none()) {
        let given = value.get(&field.wire);
        let present = given.filter(|value| !value.is_null());
        match field.presence {
            Presence::Required => inputs.arguments.push(literal(&field.kind, given?, shapes)?),
            Presence::RequiredNullable => {
                let inner = match present {
                    Some(value) => Some(Box::new(own(&field.kind, value, shapes)?)),
                    None => None,
                };
                inputs.arguments.push(Literal::Option(inner));
            }
            Presence::Optional | Presence::OptionalNullable if field.deprecated => {}
            Presence::OptionalNullable if given.is_some_and(Value::is_null) => {
                inputs.setters.push((field.null_setter.clone(), None));
            }
            Presence::Optional | Presence::OptionalNullable => {
                let written = present.and_then(|value| literal(&field.kind, value, shapes));
                inputs.setters.extend(written.map(|written| (field.setter.clone(), Some(written))));
            }
        }
    }
    Some(inputs)
}
