//! Selects the media type that a client sends or accepts, and maps it to a kind of body.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

/// How a body is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// `text/event-stream`
    Events,
    /// JSON values, one per line, of this media type.
    Lines(String),
    /// Text of this media type.
    Text(String),
    /// Bytes of any other media type.
    Bytes(String),
}

/// The media types of JSON values, one per line.
const LINES: [&str; 9] = [
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/ndjson",
    "application/x-ndjson",
    "application/json-seq",
    "application/stream+json",
    "application/x-json-stream",
];

/// Returns the encoding of a media type.
pub(crate) fn media(name: &str) -> Media {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Media::Form,
        "multipart/form-data" => Media::Multipart,
        "text/event-stream" => Media::Events,
        lines if LINES.contains(&lines) || lines.ends_with("+json-seq") => Media::Lines(name.to_owned()),
        json if json == "application/json" || json.ends_with("+json") => Media::Json,
        text if text.starts_with("text/") => Media::Text(name.to_owned()),
        // Whatever the range allows, a schema describes JSON.
        "*/*" | "application/*" => Media::Json,
        _ => Media::Bytes(name.to_owned()),
    }
}

/// Whether a name is a token of HTTP (RFC 9110, section 5.6.2).
pub(crate) fn is_token(name: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_character)
}

/// Whether a name is a media type or a range, with or without parameters.
pub(crate) fn is_media_type(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    let has_both = essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    has_both && name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Whether two names are the same media type, ignoring parameters.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence(one) == essence(other)
}

/// Returns the media type that carries most of the data: JSON, then forms, then multipart. Bytes that the document
/// calls a file precede text, which cannot hold them. An event stream is last, because it carries the same data in
/// another form.
pub(crate) fn preferred(content: &IndexMap<String, MediaType>) -> Option<&String> {
    let rank = |(name, media_type): &(&String, &MediaType)| match media(name) {
        Media::Json => 0,
        Media::Form => 1,
        Media::Multipart => 2,
        Media::Bytes(_) if is_file(media_type) => 3,
        Media::Text(_) => 4,
        Media::Bytes(_) | Media::Lines(_) => 5,
        Media::Events => 6,
    };
    content.iter().min_by_key(rank).map(|(name, _)| name)
}

fn is_file(media_type: &MediaType) -> bool {
    let schema = media_type.schema.as_ref().and_then(ReferenceOr::as_item).map(|schema| &schema.schema_kind);
    let Some(SchemaKind::Type(Type::String(text))) = schema else { return false };
    matches!(text.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        for (name, expected) in
            [("x-a_b.1~", true), ("", false), ("a b", false), ("a:b", false), ("é", false), ("a\n", false)]
        {
            assert_eq!(is_token(name), expected, "{name}");
        }
        for (name, expected) in [
            ("text/csv; charset=utf-8", true),
            ("*/*", true),
            ("json", false),
            ("a/b, c/d", false),
            ("a/", false),
            ("a/b\n", false),
        ] {
            assert_eq!(is_media_type(name), expected, "{name}");
        }
    }

    #[test]
    fn media_types() {
        for (name, expected) in [
            ("application/json; charset=utf-8", Media::Json),
            ("application/problem+json", Media::Json),
            ("*/*", Media::Json),
            ("text/csv", Media::Text("text/csv".to_owned())),
            ("application/pdf", Media::Bytes("application/pdf".to_owned())),
            ("multipart/form-data", Media::Multipart),
            ("text/event-stream; charset=utf-8", Media::Events),
            ("application/x-ndjson", Media::Lines("application/x-ndjson".to_owned())),
            ("application/geo+json-seq", Media::Lines("application/geo+json-seq".to_owned())),
        ] {
            assert_eq!(media(name), expected);
        }
    }

    /// The selected media type of several; `*` marks a file.
    #[test]
    fn the_one_that_carries_the_data() {
        let file: MediaType = serde_json::from_str(r#"{"schema": {"type": "string", "format": "binary"}}"#).unwrap();
        for (names, expected) in [
            (&["image/png", "text/plain", "application/json"][..], "application/json"),
            (&["*application/pdf", "application/json"], "application/json"),
            (&["application/xml", "text/plain"], "text/plain"),
            (&["*application/octet-stream", "text/event-stream"], "application/octet-stream"),
            (&["*image/png", "text/plain"], "image/png"),
            (&["application/octet-stream", "text/event-stream"], "application/octet-stream"),
            (&["text/event-stream; charset=utf-8", "text/csv"], "text/csv"),
            (&["text/event-stream", "application/json"], "application/json"),
            (&["text/event-stream"], "text/event-stream"),
            (&["multipart/form-data", "application/x-www-form-urlencoded"], "application/x-www-form-urlencoded"),
        ] {
            let entry = |name: &&str| match name.strip_prefix('*') {
                Some(name) => (name.to_owned(), file.clone()),
                None => ((*name).to_owned(), MediaType::default()),
            };
            assert_eq!(preferred(&names.iter().map(entry).collect()).unwrap(), expected, "{names:?}");
        }
    }
}
