//! Media types: which one of several a client sends or asks for, and what kind of body it makes.

use indexmap::IndexMap;
use openapiv3::MediaType;

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// Text of this media type.
    Text(String),
    /// Anything else.
    Bytes(String),
}

/// How a body of a media type is written.
pub(crate) fn media(name: &str) -> Media {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Media::Form,
        "multipart/form-data" => Media::Multipart,
        json if json == "application/json" || json.ends_with("+json") => Media::Json,
        text if text.starts_with("text/") => Media::Text(name.to_owned()),
        // Whatever the range allows, JSON is what a schema describes.
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

/// The media type that says the most about the values in it.
pub(crate) fn preferred(content: &IndexMap<String, MediaType>) -> Option<&String> {
    let rank = |name: &&String| match media(name) {
        Media::Json => 0,
        Media::Form => 1,
        Media::Multipart => 2,
        Media::Text(_) => 3,
        Media::Bytes(_) => 4,
    };
    content.keys().min_by_key(rank)
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
        ] {
            assert_eq!(media(name), expected);
        }
        let content =
            ["image/png", "text/plain", "application/json"].map(|name| (name.to_owned(), MediaType::default()));
        assert_eq!(preferred(&content.into_iter().collect()).unwrap(), "application/json");
    }
}
