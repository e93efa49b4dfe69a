//! The objects of OpenAPI 3.0 to 3.2, except schemas.

use super::schema::SCHEMA;
use super::{Field, Key, Kind, NEW, Others, V3, V30, V31, V32, field, required};
use Kind::{Any, Flag, List, ListOf, MapOf, Object, Requirements, Text, TextMap, Texts, Word};

macro_rules! object {
    ($name:ident, $title:literal, $others:expr, $or_reference:expr, [$($field:expr),* $(,)?]) => {
        pub(in crate::load) static $name: crate::load::grammar::Object = crate::load::grammar::Object {
            name: $title,
            fields: &[$($field),*],
            others: $others,
            or_reference: $or_reference,
        };
    };
}
pub(super) use object;

object!(
    DOCUMENT,
    "an OpenAPI document",
    Others::None,
    false,
    [
        required("openapi", V3, Text),
        field("$self", V32, Text),
        required("info", V3, Object(&INFO)),
        field("jsonSchemaDialect", NEW, Text),
        field("servers", V3, ListOf(&SERVER)),
        Field { key: "paths", versions: V3, required: V30, kind: Object(&PATHS) },
        field("webhooks", NEW, MapOf(&PATH_ITEM)),
        field("x-webhooks", V3, MapOf(&PATH_ITEM)),
        field("components", V3, Object(&COMPONENTS)),
        field("security", V3, Requirements),
        field("tags", V3, ListOf(&TAG)),
        field("externalDocs", V3, Object(&EXTERNAL_DOCS)),
    ]
);

object!(
    INFO,
    "`info`",
    Others::None,
    false,
    [
        required("title", V3, Text),
        field("summary", NEW, Text),
        field("description", V3, Text),
        field("termsOfService", V3, Text),
        field("contact", V3, Object(&CONTACT)),
        field("license", V3, Object(&LICENSE)),
        required("version", V3, Text),
    ]
);

object!(
    CONTACT,
    "a contact",
    Others::None,
    false,
    [field("name", V3, Text), field("url", V3, Text), field("email", V3, Text),]
);

object!(
    LICENSE,
    "a license",
    Others::None,
    false,
    [required("name", V3, Text), field("identifier", NEW, Text), field("url", V3, Text),]
);

object!(
    SERVER,
    "a server",
    Others::None,
    false,
    [
        required("url", V3, Text),
        field("name", V32, Text),
        field("description", V3, Text),
        field("variables", V3, MapOf(&SERVER_VARIABLE)),
    ]
);

object!(
    SERVER_VARIABLE,
    "a server variable",
    Others::None,
    false,
    [field("enum", V3, List), required("default", V3, Any), field("description", V3, Text),]
);

object!(
    TAG,
    "a tag",
    Others::None,
    false,
    [
        required("name", V3, Text),
        field("summary", V32, Text),
        field("description", V3, Text),
        field("externalDocs", V3, Object(&EXTERNAL_DOCS)),
        field("parent", V32, Text),
        field("kind", V32, Text),
    ]
);

object!(
    EXTERNAL_DOCS,
    "external documentation",
    Others::None,
    false,
    [field("description", V3, Text), required("url", V3, Text),]
);

object!(PATHS, "`paths`", Others::Keys(Key::Path, Object(&PATH_ITEM)), false, []);

object!(
    PATH_ITEM,
    "a path",
    Others::None,
    true,
    [
        field("$ref", V3, Text),
        field("summary", V3, Text),
        field("description", V3, Text),
        field("get", V3, Object(&OPERATION)),
        field("put", V3, Object(&OPERATION)),
        field("post", V3, Object(&OPERATION)),
        field("delete", V3, Object(&OPERATION)),
        field("options", V3, Object(&OPERATION)),
        field("head", V3, Object(&OPERATION)),
        field("patch", V3, Object(&OPERATION)),
        field("trace", V3, Object(&OPERATION)),
        field("query", V32, Object(&OPERATION)),
        field("additionalOperations", V32, MapOf(&OPERATION)),
        field("servers", V3, ListOf(&SERVER)),
        field("parameters", V3, ListOf(&PARAMETER)),
    ]
);

object!(
    OPERATION,
    "an operation",
    Others::None,
    false,
    [
        field("tags", V3, Texts),
        field("summary", V3, Text),
        field("description", V3, Text),
        field("externalDocs", V3, Object(&EXTERNAL_DOCS)),
        field("operationId", V3, Text),
        field("parameters", V3, ListOf(&PARAMETER)),
        field("requestBody", V3, Object(&REQUEST_BODY)),
        Field { key: "responses", versions: V3, required: V30, kind: Object(&RESPONSES) },
        field("callbacks", V3, Any),
        field("deprecated", V3, Flag),
        field("security", V3, Requirements),
        field("servers", V3, ListOf(&SERVER)),
    ]
);

const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];
const NEWER_STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

object!(
    PARAMETER,
    "a parameter",
    Others::None,
    true,
    [
        required("name", V3, Text),
        required("in", V30 | V31, Word(&["path", "query", "header", "cookie"])),
        required("in", V32, Word(&["path", "query", "header", "cookie", "querystring"])),
        field("description", V3, Text),
        field("required", V3, Flag),
        field("deprecated", V3, Flag),
        field("allowEmptyValue", V3, Flag),
        field("style", V30 | V31, Word(STYLES)),
        field("style", V32, Word(NEWER_STYLES)),
        field("explode", V3, Flag),
        field("allowReserved", V3, Flag),
        field("schema", V3, Object(&SCHEMA)),
        field("example", V3, Any),
        field("examples", V3, MapOf(&EXAMPLE)),
        field("content", V3, MapOf(&MEDIA_TYPE)),
    ]
);

object!(
    HEADER,
    "a header",
    Others::None,
    true,
    [
        field("description", V3, Text),
        field("required", V3, Flag),
        field("deprecated", V3, Flag),
        field("allowEmptyValue", V3, Flag),
        field("style", V3, Word(&["simple"])),
        field("explode", V3, Flag),
        field("allowReserved", V3, Flag),
        field("schema", V3, Object(&SCHEMA)),
        field("example", V3, Any),
        field("examples", V3, MapOf(&EXAMPLE)),
        field("content", V3, MapOf(&MEDIA_TYPE)),
    ]
);

object!(
    REQUEST_BODY,
    "a request body",
    Others::None,
    true,
    [field("description", V3, Text), required("content", V3, MapOf(&MEDIA_TYPE)), field("required", V3, Flag),]
);

object!(
    MEDIA_TYPE,
    "a media type",
    Others::None,
    true,
    [
        field("schema", V3, Object(&SCHEMA)),
        field("itemSchema", V32, Object(&SCHEMA)),
        field("example", V3, Any),
        field("examples", V3, MapOf(&EXAMPLE)),
        field("encoding", V3, MapOf(&ENCODING)),
        field("prefixEncoding", V32, ListOf(&ENCODING)),
        field("itemEncoding", V32, Object(&ENCODING)),
    ]
);

object!(
    ENCODING,
    "an encoding",
    Others::None,
    false,
    [
        field("contentType", V3, Text),
        field("headers", V3, MapOf(&HEADER)),
        field("style", V3, Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        field("explode", V3, Flag),
        field("allowReserved", V3, Flag),
        field("encoding", V32, MapOf(&ENCODING)),
        field("prefixEncoding", V32, ListOf(&ENCODING)),
        field("itemEncoding", V32, Object(&ENCODING)),
    ]
);

object!(RESPONSES, "`responses`", Others::Keys(Key::Status, Object(&RESPONSE)), false, []);

object!(
    RESPONSE,
    "a response",
    Others::None,
    true,
    [
        field("summary", V32, Text),
        field("description", V3, Text),
        field("headers", V3, MapOf(&HEADER)),
        field("content", V3, MapOf(&MEDIA_TYPE)),
        field("links", V3, MapOf(&LINK)),
    ]
);

object!(
    LINK,
    "a link",
    Others::None,
    true,
    [
        field("operationRef", V3, Text),
        field("operationId", V3, Text),
        field("parameters", V3, Any),
        field("requestBody", V3, Any),
        field("description", V3, Text),
        field("server", V3, Object(&SERVER)),
    ]
);

object!(
    EXAMPLE,
    "an example",
    Others::None,
    true,
    [
        field("summary", V3, Text),
        field("description", V3, Text),
        field("value", V3, Any),
        field("externalValue", V3, Text),
        field("dataValue", V32, Any),
        field("serializedValue", V32, Text),
    ]
);

object!(
    COMPONENTS,
    "`components`",
    Others::None,
    false,
    [
        field("schemas", V3, MapOf(&SCHEMA)),
        field("responses", V3, MapOf(&RESPONSE)),
        field("parameters", V3, MapOf(&PARAMETER)),
        field("examples", V3, MapOf(&EXAMPLE)),
        field("requestBodies", V3, MapOf(&REQUEST_BODY)),
        field("headers", V3, MapOf(&HEADER)),
        field("securitySchemes", V3, MapOf(&SECURITY_SCHEME)),
        field("links", V3, MapOf(&LINK)),
        field("callbacks", V3, Any),
        field("pathItems", NEW, MapOf(&PATH_ITEM)),
        field("mediaTypes", V32, MapOf(&MEDIA_TYPE)),
    ]
);

object!(
    SECURITY_SCHEME,
    "a security scheme",
    Others::None,
    true,
    [
        required("type", V30, Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        required("type", NEW, Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        field("description", V3, Text),
        field("name", V3, Text),
        field("in", V3, Word(&["query", "header", "cookie"])),
        field("scheme", V3, Text),
        field("bearerFormat", V3, Text),
        field("flows", V3, Object(&FLOWS)),
        field("openIdConnectUrl", V3, Text),
        field("oauth2MetadataUrl", V32, Text),
        field("deprecated", V32, Flag),
    ]
);

object!(
    FLOWS,
    "`flows`",
    Others::None,
    false,
    [
        field("implicit", V3, Object(&FLOW)),
        field("password", V3, Object(&FLOW)),
        field("clientCredentials", V3, Object(&FLOW)),
        field("authorizationCode", V3, Object(&FLOW)),
        field("deviceAuthorization", V32, Object(&FLOW)),
    ]
);

object!(
    FLOW,
    "an OAuth flow",
    Others::None,
    false,
    [
        field("authorizationUrl", V3, Text),
        field("deviceAuthorizationUrl", V32, Text),
        field("tokenUrl", V3, Text),
        field("refreshUrl", V3, Text),
        required("scopes", V3, TextMap),
    ]
);
