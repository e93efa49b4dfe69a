//! Schemas of all versions, including JSON Schema 2020-12.

use super::objects::object;
use super::{ALL, Kind, NEW, Others, V3, V20, V30, field, required};
use Kind::{
    Any, Count, Flag, FlagOr, List, ListOf, MapOf, Number, Object, ObjectOrList, Text, TextLists, TextMap, Texts, Word,
    WordOrWords,
};

/// The types of JSON Schema 2020-12.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

object!(
    SCHEMA,
    "a schema",
    Others::Open(NEW),
    true,
    [
        field("$ref", ALL, Text),
        field("title", ALL, Text),
        field("description", ALL, Text),
        field("type", V20, WordOrWords(&["string", "number", "integer", "boolean", "array", "object", "null", "file"])),
        field("type", V30, Word(&["string", "number", "integer", "boolean", "array", "object"])),
        field("type", NEW, WordOrWords(TYPES)),
        field("format", ALL, Text),
        field("default", ALL, Any),
        field("enum", ALL, List),
        field("const", NEW, Any),
        field("nullable", V3, Flag),
        field("example", ALL, Any),
        field("examples", NEW, Any),
        field("deprecated", V3, Flag),
        field("readOnly", ALL, Flag),
        field("writeOnly", V3, Flag),
        field("minimum", ALL, Number),
        field("maximum", ALL, Number),
        field("exclusiveMinimum", V20 | V30, Flag),
        field("exclusiveMinimum", NEW, Any),
        field("exclusiveMaximum", V20 | V30, Flag),
        field("exclusiveMaximum", NEW, Any),
        field("multipleOf", ALL, Number),
        field("minLength", ALL, Count),
        field("maxLength", ALL, Count),
        field("pattern", ALL, Text),
        field("contentEncoding", NEW, Text),
        field("contentMediaType", NEW, Text),
        field("contentSchema", NEW, Object(&SCHEMA)),
        field("items", V20, ObjectOrList(&SCHEMA)),
        field("items", V3, Object(&SCHEMA)),
        field("additionalItems", V20, FlagOr(&SCHEMA)),
        field("prefixItems", NEW, ListOf(&SCHEMA)),
        field("contains", NEW, Object(&SCHEMA)),
        field("minContains", NEW, Count),
        field("maxContains", NEW, Count),
        field("minItems", ALL, Count),
        field("maxItems", ALL, Count),
        field("uniqueItems", ALL, Flag),
        field("unevaluatedItems", NEW, Object(&SCHEMA)),
        field("properties", ALL, MapOf(&SCHEMA)),
        field("patternProperties", NEW, MapOf(&SCHEMA)),
        field("additionalProperties", ALL, FlagOr(&SCHEMA)),
        field("propertyNames", NEW, Object(&SCHEMA)),
        field("unevaluatedProperties", NEW, Object(&SCHEMA)),
        field("required", ALL, Texts),
        field("minProperties", ALL, Count),
        field("maxProperties", ALL, Count),
        field("dependentRequired", NEW, TextLists),
        field("dependentSchemas", NEW, MapOf(&SCHEMA)),
        field("allOf", ALL, ListOf(&SCHEMA)),
        field("oneOf", V3, ListOf(&SCHEMA)),
        field("anyOf", V3, ListOf(&SCHEMA)),
        field("not", V3, Object(&SCHEMA)),
        field("if", NEW, Object(&SCHEMA)),
        field("then", NEW, Object(&SCHEMA)),
        field("else", NEW, Object(&SCHEMA)),
        field("discriminator", V20, Text),
        field("discriminator", V3, Object(&DISCRIMINATOR)),
        field("xml", ALL, Object(&XML)),
        field("externalDocs", ALL, Any),
        field("$defs", NEW, MapOf(&SCHEMA)),
        field("definitions", NEW, MapOf(&SCHEMA)),
        field("$schema", NEW, Text),
        field("$id", NEW, Text),
        field("$anchor", NEW, Text),
        field("$dynamicAnchor", NEW, Text),
        field("$dynamicRef", NEW, Text),
        field("$comment", NEW, Text),
        field("$vocabulary", NEW, Any),
    ]
);

object!(
    DISCRIMINATOR,
    "a discriminator",
    Others::None,
    false,
    [required("propertyName", V3, Text), field("mapping", V3, TextMap), field("defaultMapping", super::V32, Text),]
);

object!(
    XML,
    "an XML object",
    Others::None,
    false,
    [
        field("name", ALL, Text),
        field("namespace", ALL, Text),
        field("prefix", ALL, Text),
        field("attribute", ALL, Flag),
        field("wrapped", ALL, Flag),
        field("nodeType", super::V32, Text),
    ]
);
