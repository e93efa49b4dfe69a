//! Signs in descriptions and schemas: the largest page size, URLs, and pages that are counted from 0.

use openapiv3::{OpenAPI, ParameterData, SchemaKind, Type};

use super::super::names::Value;
use crate::document::{resolve, schema_of};

/// Finds a maximum in a description, such as `between 1 and 100`, `maximum: 100` or `max. of 100`.
pub(super) fn maximum(description: &str) -> Option<u32> {
    let text = description.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: Option<&&str>| word.and_then(|word| word.parse::<u32>().ok()).filter(|number| *number > 0);
    words.iter().enumerate().find_map(|(at, word)| match *word {
        "between" | "from" => {
            let is_range = matches!(words.get(at + 2), Some(&("and" | "to")));
            number(words.get(at + 1)).and(number(words.get(at + 3))).filter(|_| is_range)
        }
        "max" | "maximum" => (1..=4).find_map(|next| number(words.get(at + next))),
        _ => None,
    })
}

/// Whether a value is a URL, by its format, its name, its place or its description.
pub(super) fn is_url(value: &Value) -> bool {
    let format = value.schema.as_item().is_some_and(|schema| match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => match &text.format {
            openapiv3::VariantOrUnknownOrEmpty::Unknown(format) => {
                matches!(format.as_str(), "uri" | "url" | "uri-reference")
            }
            _ => false,
        },
        _ => false,
    });
    let docs = value.docs();
    let is_named = ["url", "uri", "link", "href"].iter().any(|part| value.name.contains(part));
    let is_linked = matches!(value.parent.as_str(), "links" | "link");
    format || is_named || is_linked || docs.contains("http") || docs.contains(" url") || docs.contains("link to")
}

/// Whether the first page has the number 0.
pub(super) fn counts_from_zero(openapi: &OpenAPI, page: &ParameterData) -> bool {
    let docs = page.description.as_deref().unwrap_or_default().to_lowercase();
    let says = [
        "zero-based",
        "0-based",
        "starts at 0",
        "starting at 0",
        "starting from 0",
        "starts from 0",
        "from zero",
        "0..n",
    ];
    let Some(schema) = schema_of(page).and_then(|schema| resolve(openapi, schema)) else { return false };
    let default = schema.schema_data.default.as_ref().and_then(serde_json::Value::as_i64);
    let minimum = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer.minimum,
        _ => None,
    };
    says.iter().any(|text| docs.contains(text)) || default == Some(0) || (minimum == Some(0) && default.is_none())
}

#[cfg(test)]
mod tests {
    use super::maximum;

    #[test]
    fn maximums_in_descriptions() {
        for (text, expected) in [
            ("Limit can range between 1 and 100, and the default is 10.", Some(100)),
            ("Default 20, max. 50", Some(50)),
            ("The maximum number of rows is 200", None),
            ("The maximum number is 200", Some(200)),
            ("Number of results per page (max 100).", Some(100)),
            ("From 1 to 25", Some(25)),
            ("between the pages", None),
            ("The number of rows", None),
        ] {
            assert_eq!(maximum(text), expected, "{text}");
        }
    }
}
