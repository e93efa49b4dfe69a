//! The schema that says nothing, so that any value is one of it.

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};

pub(super) fn anything() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Any(AnySchema::default()) }
}

/// Whether a schema says nothing at all.
pub(super) fn says_nothing(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}
