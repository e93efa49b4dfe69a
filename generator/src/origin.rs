//! The original place of each part of a document, recorded inside the part, so that it survives every pass.

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ReferenceOr, RequestBody, Response, Schema};
use serde_json::{Map, Value};

use crate::document::{Child, data_mut, descend};
use crate::source::join;

/// The extension that holds the place of a part.
pub(crate) const PLACE: &str = "x-clientsmith-place";
/// The note with the places of properties. Extensions of documents begin with `x-`.
const PROPERTIES: &str = "properties";

/// A part of a document that has extensions.
pub(crate) trait Noted {
    /// Returns the extensions.
    fn notes(&self) -> &IndexMap<String, Value>;
    /// Returns the extensions mutably.
    fn notes_mut(&mut self) -> &mut IndexMap<String, Value>;
}

/// Records the place of a part, as a JSON pointer.
pub(crate) fn note(part: &mut impl Noted, pointer: String) {
    part.notes_mut().insert(PLACE.to_owned(), Value::String(pointer));
}

/// Returns the place of a part, or the whole document if none is recorded.
pub(crate) fn of(part: &impl Noted) -> &str {
    part.notes().get(PLACE).and_then(Value::as_str).unwrap_or_default()
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
                schema.notes_mut().retain(|key, _| key != PLACE && key != PROPERTIES);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::Config;
    use crate::input::Input;
    use crate::load::load;
    use crate::load::omissions::Omissions;
    use crate::normalise::normalise;
    use crate::source::Source;

    const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Places, version: "1"}
paths:
  /a:
    get:
      operationId: get_a
      parameters: [{$ref: '#/components/parameters/Sort'}]
      responses: {200: {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/some-thing'}}}}}
components:
  parameters:
    Sort: {name: sort, in: query, schema: {type: string, enum: [up, down]}}
  schemas:
    base: {type: object, properties: {id: {type: string}}}
    some-thing:
      allOf:
        - {$ref: '#/components/schemas/base'}
        - {type: object, properties: {state: {type: string, enum: [on]}, next: {$ref: '#/components/schemas/base'}}}
"#;

    #[test]
    fn parts_keep_their_places() {
        let document =
            load(&Input::new(Source::new("a.yaml", DOCUMENT), Source::new("a.toml", "")), &Omissions::default()).ok();
        let config = Config::default();
        let (openapi, _) = document.as_ref().map(|document| normalise(document, &config)).unwrap_or_default();
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        let schemas = schemas.filter_map(|(name, schema)| Some((name.as_str(), schema.as_item()?)));
        let schemas: BTreeMap<_, _> = schemas.collect();
        let origins: Vec<_> = schemas.iter().map(|(name, schema)| (*name, of(*schema))).collect();
        assert_eq!(
            origins,
            [
                ("Base", "/components/schemas/base"),
                ("GetASort", "/components/parameters/Sort/schema"),
                ("SomeThing", "/components/schemas/some-thing"),
                ("SomeThingState", "/components/schemas/some-thing/allOf/1/properties/state"),
            ]
        );
        let properties = ["id", "state", "next"].map(|name| of_property(schemas["SomeThing"], name));
        assert_eq!(
            properties,
            [
                "/components/schemas/base/properties/id",
                "/components/schemas/some-thing/allOf/1/properties/state",
                "/components/schemas/some-thing/allOf/1/properties/next",
            ]
        );
    }
}
