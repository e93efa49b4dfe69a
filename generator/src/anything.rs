//! The schema that says nothing, so that any value is one of it.

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};

pub(crate) fn anything() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: any_kind() }
}

/// What such a schema is.
pub(crate) fn any_kind() -> SchemaKind {
    SchemaKind::Any(AnySchema::default())
}

/// Whether a schema says nothing at all.
pub(crate) fn says_nothing(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}
