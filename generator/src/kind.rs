//! Maps schemas to the types of their values.

use std::fmt;

use openapiv3::{
    AdditionalProperties, IntegerFormat, ObjectType, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use crate::document::component_name;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Boolean,
    /// `i64`, `u32` and so on.
    Integer(&'static str),
    /// A floating-point number.
    Float,
    Decimal,
    Timestamp,
    Date,
    Uuid,
    /// A request body of raw bytes.
    Upload,
    /// A multipart body without a schema.
    Multipart,
    /// A file in a multipart body.
    File,
    Json,
    JsonObject,
    Named(String),
    List(Box<Kind>),
    Map(Box<Kind>),
    /// A nullable response, or a nullable value in a list or map.
    Nullable(Box<Kind>),
}

impl Kind {
    /// Whether it contains amounts or times, which serde alone would not keep exact.
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Decimal | Self::Timestamp => true,
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.is_exact(),
            _ => false,
        }
    }

    /// Whether it contains numbers that JSON may not be able to represent.
    pub(crate) fn has_fractions(&self) -> bool {
        match self {
            Self::Decimal | Self::Float => true,
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.has_fractions(),
            _ => false,
        }
    }

    /// Returns the innermost named type.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// Returns the type without null at the top level; values inside may still be null.
    pub(crate) fn present(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            other => other,
        }
    }

    /// Returns the type without nulls at any level, which parameters cannot express.
    pub(crate) fn without_nulls(self) -> Self {
        match self {
            Self::List(inner) => Self::List(Box::new(inner.without_nulls())),
            Self::Map(inner) => Self::Map(Box::new(inner.without_nulls())),
            Self::Nullable(inner) => inner.without_nulls(),
            other => other,
        }
    }
}

/// Writes the type as a user of the crate would.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("String"),
            Self::Boolean => f.write_str("bool"),
            Self::Integer(name) => f.write_str(name),
            Self::Float => f.write_str("f64"),
            Self::Decimal => f.write_str("Decimal"),
            Self::Timestamp => f.write_str("Timestamp"),
            Self::Date => f.write_str("Date"),
            Self::Uuid => f.write_str("Uuid"),
            Self::Upload => f.write_str("Upload"),
            Self::Multipart => f.write_str("Multipart"),
            Self::File => f.write_str("FilePart"),
            Self::Json => f.write_str("Value"),
            Self::JsonObject => f.write_str("Map<String, Value>"),
            Self::Named(name) => f.write_str(name),
            Self::List(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Nullable(inner) => write!(f, "Option<{inner}>"),
        }
    }
}

/// The format of files in multipart bodies; only normalisation writes it.
pub(crate) const FILE_FORMAT: &str = "file of a part";

/// The extension that lists the known values of an open set.
pub(crate) const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

/// The known values of a string or integer.
#[derive(Debug)]
pub(crate) struct KnownValues {
    /// The values as strings.
    pub(crate) texts: Vec<String>,
    pub(crate) integers: bool,
    /// Whether the document allows other values.
    pub(crate) is_open: bool,
}

/// Returns the known values of a string or integer with a closed or open set; the Rust type is open either way.
pub(crate) fn enumeration(schema: &Schema) -> Option<KnownValues> {
    let open = schema.schema_data.extensions.get(EXTENSIBLE_ENUM).and_then(|values| values.as_array());
    let (texts, integers): (Vec<_>, _) = match (&schema.schema_kind, open) {
        (SchemaKind::Type(Type::String(_)), Some(values)) => {
            (values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(), false)
        }
        (SchemaKind::Type(Type::Integer(_)), Some(values)) => {
            (values.iter().filter_map(|value| value.as_i64().map(|value| value.to_string())).collect(), true)
        }
        (SchemaKind::Type(Type::String(text)), None) => (text.enumeration.iter().flatten().cloned().collect(), false),
        (SchemaKind::Type(Type::Integer(integer)), None) => {
            (integer.enumeration.iter().flatten().map(ToString::to_string).collect(), true)
        }
        _ => return None,
    };
    (open.is_some() || !texts.is_empty()).then_some(KnownValues { texts, integers, is_open: open.is_some() })
}

/// Whether a value of a schema can be written as a single string.
pub(crate) fn is_scalar(schema: &Schema) -> bool {
    matches!(
        schema.schema_kind,
        SchemaKind::Type(Type::String(_) | Type::Number(_) | Type::Integer(_) | Type::Boolean(_))
    )
}

/// Integer formats beyond those of OpenAPI, with their Rust types.
const INTEGERS: [(&str, &str); 7] = [
    ("int8", "i8"),
    ("uint8", "u8"),
    ("int16", "i16"),
    ("uint16", "u16"),
    ("uint32", "u32"),
    ("uint64", "u64"),
    ("uint", "u64"),
];

/// Returns the type of a schema's values.
pub(crate) fn kind_of(schema: &ReferenceOr<Schema>) -> Kind {
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
            VariantOrUnknownOrEmpty::Unknown(format) if format == FILE_FORMAT => Kind::File,
            _ => Kind::Text,
        },
        SchemaKind::Type(Type::Number(number)) => match &number.format {
            VariantOrUnknownOrEmpty::Unknown(format) if format == "decimal" => Kind::Decimal,
            // Servers send more digits than single precision holds, whatever the format.
            _ => Kind::Float,
        },
        SchemaKind::Type(Type::Integer(integer)) => Kind::Integer(integer_type(&integer.format)),
        SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
        SchemaKind::Type(Type::Array(array)) => {
            Kind::List(Box::new(array.items.as_ref().map_or(Kind::Json, |items| element(&items.clone().unbox()))))
        }
        SchemaKind::Type(Type::Object(object)) => match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) if kind_of(values) != Kind::Json => {
                Kind::Map(Box::new(element(values)))
            }
            _ => Kind::JsonObject,
        },
        _ => alone(schema).map_or(Kind::Json, kind_of),
    }
}

/// Whether an object schema accepts any object, so that it adds nothing to a composition.
pub(crate) fn is_any_object(object: &ObjectType) -> bool {
    object.properties.is_empty() && object.required.is_empty() && object.additional_properties.is_none()
}

/// Returns the only reference of a composition, which documents use to add to a `$ref`.
pub(crate) fn alone(schema: &Schema) -> Option<&ReferenceOr<Schema>> {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => match &parts[..] {
            [part @ ReferenceOr::Reference { .. }] => Some(part),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the alternatives of a schema, if there are several.
pub(crate) fn alternatives(schema: &Schema) -> Option<&[ReferenceOr<Schema>]> {
    match &schema.schema_kind {
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } if members.len() > 1 => {
            Some(members)
        }
        _ => None,
    }
}

/// Returns the type of a response, a list item or a map value.
pub(crate) fn element(schema: &ReferenceOr<Schema>) -> Kind {
    let kind = kind_of(schema);
    let is_nullable = schema.as_item().is_some_and(|schema| schema.schema_data.nullable);
    if is_nullable && kind != Kind::Json { Kind::Nullable(Box::new(kind)) } else { kind }
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
