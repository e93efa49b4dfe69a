//! Changes responses as a later version of the API would, or omits optional fields.

use serde_json::{Value, json};

use super::spec::MockSpec;
use crate::api::{Field, Kind};

/// A difference between the objects of a response and the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drift {
    NullFields,
    AbsentFields,
    UnknownFields,
    UnknownValues,
}

/// Changes a value of this kind, including nested values.
pub(crate) fn apply(spec: &MockSpec, kind: &Kind, drift: Drift, value: &mut Value) {
    match (kind, value) {
        (Kind::List(item), Value::Array(items)) => items.iter_mut().for_each(|value| apply(spec, item, drift, value)),
        (Kind::Named(name), value) => match spec.api.object(name) {
            Some(object) => fields(spec, object.fields, drift, value),
            None if drift == Drift::UnknownValues => match spec.api.enumeration(name) {
                Some(known) if known.integers => *value = json!(i64::MAX),
                Some(_) => *value = json!("unheard_of"),
                None => {}
            },
            None => {}
        },
        _ => {}
    }
}

fn fields(spec: &MockSpec, fields: &[Field], drift: Drift, value: &mut Value) {
    let Some(object) = value.as_object_mut() else { return };
    for field in fields {
        match drift {
            Drift::NullFields if !field.required => {
                object.insert(field.name.to_owned(), Value::Null);
            }
            Drift::AbsentFields if !field.required => {
                object.remove(field.name);
            }
            _ => {
                if let Some(value) = object.get_mut(field.name) {
                    apply(spec, &field.kind, drift, value);
                }
            }
        }
    }
    if drift == Drift::UnknownFields {
        object.insert("unheard_of".to_owned(), json!({"nested": [1, null]}));
    }
}
