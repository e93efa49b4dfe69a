//! Records the original place of each part of a document inside the part, so that it survives every pass.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ReferenceOr, RequestBody, Response, Schema};
use serde_json::{Map, Value};

use crate::document::{Child, data_mut, descend};
use crate::source::join;

/// The keys of notes among the extensions. Extensions of documents begin with `x-`.
const ORIGIN: &str = "origin";
const PROPERTIES: &str = "properties";

/// Maps JSON pointers of a loaded document to pointers into its source, for parts that loading moved.
pub(crate) type Moved = BTreeMap<String, String>;

/// A part of a document that has extensions.
pub(crate) trait Noted {
    /// Returns the extensions.
    fn notes(&self) -> &IndexMap<String, Value>;
    /// Returns the extensions mutably.
    fn notes_mut(&mut self) -> &mut IndexMap<String, Value>;
}

/// Records the place of a part, as a JSON pointer.
pub(crate) fn note(part: &mut impl Noted, pointer: String) {
    part.notes_mut().insert(ORIGIN.to_owned(), Value::String(pointer));
}

/// Returns the place of a part, or the whole document if none is recorded.
pub(crate) fn of(part: &impl Noted) -> &str {
    part.notes().get(ORIGIN).and_then(Value::as_str).unwrap_or_default()
}

/// Records the places of the properties of a merged object.
pub(crate) fn note_properties(schema: &mut Schema, pointers: Map<String, Value>) {
    schema.notes_mut().insert(PROPERTIES.to_owned(), Value::Object(pointers));
}

/// Returns the place of a property, even of a reference, which holds no notes.
pub(crate) fn of_property(schema: &Schema, name: &str) -> String {
    let noted = schema.notes().get(PROPERTIES).and_then(|pointers| pointers.get(name)?.as_str());
    noted.map_or_else(|| join(&join(of(schema), "properties"), name), str::to_owned)
}

/// Returns a schema without notes, to compare it with one from another place.
pub(crate) fn without(schema: &ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let mut schema = schema.clone();
    if let ReferenceOr::Item(schema) = &mut schema {
        descend(schema, &mut |child| {
            if let Child::Schema(schema) = child {
                schema.notes_mut().retain(|key, _| key != ORIGIN && key != PROPERTIES);
            }
        });
    }
    schema
}

macro_rules! noted {
    ($($part:ty, $extensions:ident;)*) => {
        $(impl Noted for $part {
            fn notes(&self) -> &IndexMap<String, Value> {
                &self.$extensions
            }
            fn notes_mut(&mut self) -> &mut IndexMap<String, Value> {
                &mut self.$extensions
            }
        })*
    };
}
noted! {
    Operation, extensions;
    RequestBody, extensions;
    Response, extensions;
}

impl Noted for Schema {
    fn notes(&self) -> &IndexMap<String, Value> {
        &self.schema_data.extensions
    }
    fn notes_mut(&mut self) -> &mut IndexMap<String, Value> {
        &mut self.schema_data.extensions
    }
}

impl Noted for Parameter {
    fn notes(&self) -> &IndexMap<String, Value> {
        &self.parameter_data_ref().extensions
    }
    fn notes_mut(&mut self) -> &mut IndexMap<String, Value> {
        &mut data_mut(self).extensions
    }
}
