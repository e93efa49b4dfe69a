//! The objects of Swagger 2.0, except schemas.

use super::objects::object;
use super::schema::SCHEMA;
use super::{Key, Kind, Others, V20, field, required};
use Kind::{Any, Count, Flag, List, ListOf, MapOf, Number, Object, Requirements, Text, TextMap, Texts, Word, Words};

object!(
    DOCUMENT,
    "a Swagger document",
    Others::None,
    false,
    [
        required("swagger", V20, Any),
        required("info", V20, Object(&INFO)),
        field("host", V20, Text),
        field("basePath", V20, Text),
        field("schemes", V20, Words(SCHEMES)),
        field("consumes", V20, Texts),
        field("produces", V20, Texts),
        required("paths", V20, Object(&PATHS)),
        field("definitions", V20, MapOf(&SCHEMA)),
        field("parameters", V20, MapOf(&SWAGGER_PARAMETER)),
        field("responses", V20, MapOf(&SWAGGER_RESPONSE)),
        field("securityDefinitions", V20, MapOf(&SWAGGER_SECURITY_SCHEME)),
        field("security", V20, Requirements),
        field("tags", V20, ListOf(&TAG)),
        field("externalDocs", V20, Object(&EXTERNAL_DOCS)),
        // Where parts of other files and targets of references are moved.
        field("components", V20, Object(&MOVED)),
    ]
);

const SCHEMES: &[&str] = &["http", "https", "ws", "wss"];

object!(
    MOVED,
    "`components`",
    Others::None,
    false,
    [
        field("schemas", V20, MapOf(&SCHEMA)),
        field("parameters", V20, MapOf(&SWAGGER_PARAMETER)),
        field("responses", V20, MapOf(&SWAGGER_RESPONSE)),
    ]
);

object!(
    INFO,
    "`info`",
    Others::None,
    false,
    [
        required("title", V20, Text),
        field("description", V20, Text),
        field("termsOfService", V20, Text),
        field("contact", V20, Any),
        field("license", V20, Any),
        required("version", V20, Text),
    ]
);

object!(
    TAG,
    "a tag",
    Others::None,
    false,
    [required("name", V20, Text), field("description", V20, Text), field("externalDocs", V20, Object(&EXTERNAL_DOCS)),]
);

object!(
    EXTERNAL_DOCS,
    "external documentation",
    Others::None,
    false,
    [field("description", V20, Text), required("url", V20, Text),]
);

object!(PATHS, "`paths`", Others::Keys(Key::Path, Object(&PATH_ITEM)), false, []);

object!(
    PATH_ITEM,
    "a path",
    Others::None,
    true,
    [
        field("$ref", V20, Text),
        field("get", V20, Object(&SWAGGER_OPERATION)),
        field("put", V20, Object(&SWAGGER_OPERATION)),
        field("post", V20, Object(&SWAGGER_OPERATION)),
        field("delete", V20, Object(&SWAGGER_OPERATION)),
        field("options", V20, Object(&SWAGGER_OPERATION)),
        field("head", V20, Object(&SWAGGER_OPERATION)),
        field("patch", V20, Object(&SWAGGER_OPERATION)),
        field("parameters", V20, ListOf(&SWAGGER_PARAMETER)),
    ]
);

object!(
    SWAGGER_OPERATION,
    "an operation",
    Others::None,
    false,
    [
        field("tags", V20, Texts),
        field("summary", V20, Text),
        field("description", V20, Text),
        field("externalDocs", V20, Object(&EXTERNAL_DOCS)),
        field("operationId", V20, Text),
        field("consumes", V20, Texts),
        field("produces", V20, Texts),
        field("parameters", V20, ListOf(&SWAGGER_PARAMETER)),
        required("responses", V20, Object(&RESPONSES)),
        field("schemes", V20, Words(SCHEMES)),
        field("deprecated", V20, Flag),
        field("security", V20, Requirements),
    ]
);

const FORMATS: &[&str] = &["csv", "ssv", "tsv", "pipes", "multi"];

object!(
    SWAGGER_PARAMETER,
    "a parameter",
    Others::None,
    true,
    [
        required("name", V20, Text),
        required("in", V20, Word(&["query", "header", "path", "formData", "body"])),
        field("description", V20, Text),
        field("required", V20, Flag),
        field("schema", V20, Object(&SCHEMA)),
        field("type", V20, Word(&["string", "number", "integer", "boolean", "array", "file"])),
        field("format", V20, Text),
        field("allowEmptyValue", V20, Flag),
        field("items", V20, Object(&ITEMS)),
        field("collectionFormat", V20, Word(FORMATS)),
        field("default", V20, Any),
        field("maximum", V20, Number),
        field("exclusiveMaximum", V20, Flag),
        field("minimum", V20, Number),
        field("exclusiveMinimum", V20, Flag),
        field("maxLength", V20, Count),
        field("minLength", V20, Count),
        field("pattern", V20, Text),
        field("maxItems", V20, Count),
        field("minItems", V20, Count),
        field("uniqueItems", V20, Flag),
        field("enum", V20, List),
        field("multipleOf", V20, Number),
    ]
);

object!(
    ITEMS,
    "`items`",
    Others::None,
    false,
    [
        required("type", V20, Word(&["string", "number", "integer", "boolean", "array"])),
        field("format", V20, Text),
        field("items", V20, Object(&ITEMS)),
        field("collectionFormat", V20, Word(FORMATS)),
        field("default", V20, Any),
        field("maximum", V20, Number),
        field("exclusiveMaximum", V20, Flag),
        field("minimum", V20, Number),
        field("exclusiveMinimum", V20, Flag),
        field("maxLength", V20, Count),
        field("minLength", V20, Count),
        field("pattern", V20, Text),
        field("maxItems", V20, Count),
        field("minItems", V20, Count),
        field("uniqueItems", V20, Flag),
        field("enum", V20, List),
        field("multipleOf", V20, Number),
    ]
);

object!(RESPONSES, "`responses`", Others::Keys(Key::Status, Object(&SWAGGER_RESPONSE)), false, []);

object!(
    SWAGGER_RESPONSE,
    "a response",
    Others::None,
    true,
    [
        field("description", V20, Text),
        field("schema", V20, Object(&SCHEMA)),
        field("headers", V20, MapOf(&SWAGGER_HEADER)),
        field("examples", V20, Any),
    ]
);

object!(
    SWAGGER_HEADER,
    "a header",
    Others::None,
    false,
    [
        field("description", V20, Text),
        required("type", V20, Word(&["string", "number", "integer", "boolean", "array"])),
        field("format", V20, Text),
        field("items", V20, Object(&ITEMS)),
        field("collectionFormat", V20, Word(FORMATS)),
        field("default", V20, Any),
        field("maximum", V20, Number),
        field("exclusiveMaximum", V20, Flag),
        field("minimum", V20, Number),
        field("exclusiveMinimum", V20, Flag),
        field("maxLength", V20, Count),
        field("minLength", V20, Count),
        field("pattern", V20, Text),
        field("maxItems", V20, Count),
        field("minItems", V20, Count),
        field("uniqueItems", V20, Flag),
        field("enum", V20, List),
        field("multipleOf", V20, Number),
    ]
);

object!(
    SWAGGER_SECURITY_SCHEME,
    "a security scheme",
    Others::None,
    false,
    [
        required("type", V20, Word(&["basic", "apiKey", "oauth2"])),
        field("description", V20, Text),
        field("name", V20, Text),
        field("in", V20, Word(&["query", "header"])),
        field("flow", V20, Word(&["implicit", "password", "application", "accessCode"])),
        field("authorizationUrl", V20, Text),
        field("tokenUrl", V20, Text),
        field("scopes", V20, TextMap),
    ]
);
