//! Finds a value in JSON by a pointer, without decoding the rest.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Returns the value at a JSON pointer through objects; `None` if there is none.
pub(super) fn value<'de>(json: &'de str, pointer: &str) -> Option<&'de RawValue> {
    let tokens: Vec<_> = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    Below(&tokens).deserialize(&mut serde_json::Deserializer::from_str(json)).ok()?
}

/// Returns a string or a number as text; `None` for null, for an empty string, and for any other value.
pub(super) fn text(value: &RawValue) -> Option<String> {
    let text = value.get();
    match text.bytes().next()? {
        b'"' => serde_json::from_str(text).ok().filter(|text: &String| !text.is_empty()),
        b'-' | b'0'..=b'9' => Some(text.to_owned()),
        _ => None,
    }
}

/// Finds the value below an object.
struct Below<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for Below<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.0.is_empty() {
            <&RawValue>::deserialize(deserializer).map(Some)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Below<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match self.0 {
                [name, rest @ ..] if *name == key => found = map.next_value_seed(Below(rest))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_pointer() {
        let json = r#"{"a": [1], "b": {"c/d": {"~": "x"}, "": 7}, "e": null, "f\u0067": true}"#;
        for (pointer, expected) in [
            ("/a", Some("[1]")),
            ("/b/c~1d/~0", Some("\"x\"")),
            ("/b/", Some("7")),
            ("/e", Some("null")),
            ("/fg", Some("true")),
            ("", Some(json)),
            ("/a/0", None),
            ("/e/x", None),
            ("/x", None),
        ] {
            assert_eq!(value(json, pointer).map(RawValue::get), expected, "{pointer}");
        }
        assert!(value("[1", "").is_none());
    }

    #[test]
    fn texts() {
        for (json, expected) in [
            ("\"a\\n\"", Some("a\n")),
            ("12", Some("12")),
            ("-1.50", Some("-1.50")),
            ("\"\"", None),
            ("null", None),
            ("{}", None),
        ] {
            let value: Box<RawValue> = serde_json::from_str(json).unwrap();
            assert_eq!(text(&value).as_deref(), expected, "{json}");
        }
    }
}
