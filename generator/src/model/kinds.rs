//! A schema → the type of its values.

use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty,
};

use super::Kind;
use crate::document::component_name;

/// Formats of integers beside those of OpenAPI, with the type that holds them.
const INTEGERS: [(&str, &str); 6] =
    [("int8", "i8"), ("uint8", "u8"), ("int16", "i16"), ("uint16", "u16"), ("uint32", "u32"), ("uint64", "u64")];

pub(crate) fn kind(schema: &ReferenceOr<Schema>) -> Kind {
    match schema {
        ReferenceOr::Reference { reference } => match component_name::<Schema>(reference) {
            Some(name) => Kind::Named(name.to_owned()),
            None => Kind::Json,
        },
        ReferenceOr::Item(schema) => item_kind(schema),
    }
}

fn item_kind(schema: &Schema) -> Kind {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => match &text.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Kind::Timestamp,
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Kind::Date,
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uuid" => Kind::Uuid,
            _ => Kind::Text,
        },
        SchemaKind::Type(Type::Number(number)) => match &number.format {
            VariantOrUnknownOrEmpty::Unknown(format) if format == "decimal" => Kind::Decimal,
            VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Kind::Float("f32"),
            _ => Kind::Float("f64"),
        },
        SchemaKind::Type(Type::Integer(integer)) => Kind::Integer(integer_type(&integer.format)),
        SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
        SchemaKind::Type(Type::Array(array)) => {
            Kind::List(Box::new(array.items.as_ref().map_or(Kind::Json, |items| kind(&items.clone().unbox()))))
        }
        SchemaKind::Type(Type::Object(object)) => match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) => Kind::Map(Box::new(kind(values))),
            _ => Kind::JsonObject,
        },
        _ => Kind::Json,
    }
}

fn integer_type(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> &'static str {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => "i32",
        VariantOrUnknownOrEmpty::Unknown(format) => {
            INTEGERS.iter().find(|(name, _)| name == format).map_or("i64", |(_, integer)| integer)
        }
        _ => "i64",
    }
}
