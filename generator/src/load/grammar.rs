//! The objects of OpenAPI 2.0 to 3.2, as data: the fields of each, and what their values are.
//!
//! Checks of the structure, the record of places and the conversion to 3.0 walk documents by these tables.

#[cfg(test)]
mod keywords;
mod objects;
mod overlay;
mod schema;
mod swagger;
mod walk;

pub(super) use objects::{
    DOCUMENT, EXAMPLE, FLOW, HEADER, LINK, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, PATHS, REQUEST_BODY, RESPONSE,
    SECURITY_SCHEME,
};
pub(super) use overlay::OVERLAY;
pub(super) use schema::SCHEMA;
pub(super) use swagger::{
    DOCUMENT as SWAGGER, ITEMS, SWAGGER_HEADER, SWAGGER_OPERATION, SWAGGER_PARAMETER, SWAGGER_RESPONSE,
    SWAGGER_SECURITY_SCHEME,
};
pub(super) use walk::each_object;

/// The objects whose places are recorded.
pub(super) static MARKED: &[&Object] = &[
    &OPERATION,
    &PARAMETER,
    &HEADER,
    &REQUEST_BODY,
    &RESPONSE,
    &MEDIA_TYPE,
    &SCHEMA,
    &ITEMS,
    &SWAGGER_HEADER,
    &SWAGGER_OPERATION,
    &SWAGGER_PARAMETER,
    &SWAGGER_RESPONSE,
];

/// A set of versions of OpenAPI, as bits.
pub(super) type Versions = u8;

pub(super) const V20: Versions = 1;
pub(super) const V30: Versions = 2;
pub(super) const V31: Versions = 4;
pub(super) const V32: Versions = 8;
/// 3.1 and later: schemas are JSON Schema 2020-12.
pub(super) const NEW: Versions = V31 | V32;
pub(super) const V3: Versions = V30 | NEW;
pub(super) const ALL: Versions = V20 | V3;

/// An object of OpenAPI.
pub(super) struct Object {
    /// The name in messages, with an article.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// The values of all other keys.
    pub(super) others: Others,
    /// Whether a reference may take its place.
    pub(super) or_reference: bool,
}

/// A field of an object.
pub(super) struct Field {
    pub(super) key: &'static str,
    /// The versions that define the field.
    pub(super) versions: Versions,
    /// The versions that require it.
    pub(super) required: Versions,
    pub(super) kind: Kind,
}

/// The keys of an object that are not names of fields. Keys that begin with `x-` are always allowed.
pub(super) enum Others {
    /// There are none.
    None,
    /// Keys of this form.
    Keys(Key, Kind),
    /// Any keyword, since these versions: JSON Schema is open.
    Open(Versions),
}

/// The form of a key.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// A path, which begins with a slash.
    Path,
    /// A status, such as `200` or `2XX`, or `default`.
    Status,
}

/// The kind of a value.
pub(super) enum Kind {
    Any,
    Text,
    Flag,
    Number,
    /// An integer that is not negative.
    Count,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A list of any values.
    List,
    Texts,
    /// A list of these strings.
    Words(&'static [&'static str]),
    /// One of these strings, or a list of them.
    WordOrWords(&'static [&'static str]),
    /// A map of strings.
    TextMap,
    /// A map of lists of strings.
    TextLists,
    /// The security requirements: a list of maps of lists of strings.
    Requirements,
    Object(&'static Object),
    /// This object, or a list of them.
    ObjectOrList(&'static Object),
    ListOf(&'static Object),
    MapOf(&'static Object),
    /// A boolean or this object.
    FlagOr(&'static Object),
}

const fn field(key: &'static str, versions: Versions, kind: Kind) -> Field {
    Field { key, versions, required: 0, kind }
}

const fn required(key: &'static str, versions: Versions, kind: Kind) -> Field {
    Field { key, versions, required: versions, kind }
}

impl Object {
    /// Returns the kind of a key's value in this version.
    pub(super) fn kind(&'static self, key: &str, version: Versions) -> Option<&'static Kind> {
        let known = self.fields.iter().find(|field| field.key == key && field.versions & version != 0);
        known.map(|field| &field.kind).or_else(|| match &self.others {
            Others::Keys(form, kind) if !key.starts_with("x-") && form.fits(key) => Some(kind),
            _ => None,
        })
    }
}

impl Key {
    pub(super) fn fits(self, key: &str) -> bool {
        match self {
            Self::Path => key.starts_with('/'),
            Self::Status => {
                let is_status = |key: &[u8]| {
                    matches!(key, [b'1'..=b'5', rest @ ..] if rest.len() == 2
                    && (rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"xx")))
                };
                key == "default" || is_status(key.as_bytes())
            }
        }
    }
}
