//! The schema without constraints, which accepts any value.

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};

pub(crate) fn anything() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: any_kind() }
}

/// Returns the kind of a schema without constraints.
pub(crate) fn any_kind() -> SchemaKind {
    SchemaKind::Any(AnySchema::default())
}

/// Whether a schema has no constraints.
pub(crate) fn says_nothing(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}
