//! Unparsed JSON, from which a type can read every digit of a number.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Error, Value};

/// The newtype name by which `serde_json` returns the text of a value. Other formats deserialize an ordinary newtype.
const TOKEN: &str = "$serde_json::private::RawValue";

/// A JSON value: its text, or the value itself if the source is not JSON text.
#[derive(Debug)]
pub enum Raw<'de> {
    /// Well-formed text from `serde_json`.
    Text(Cow<'de, str>),
    /// A value from another format, or from a buffer of serde.
    Value(Value),
}

impl Raw<'_> {
    /// Returns the value; numbers have the precision of `serde_json`.
    pub fn value(&self) -> Result<Value, Error> {
        match self {
            Self::Text(text) => serde_json::from_str(text),
            Self::Value(value) => Ok(value.clone()),
        }
    }

    /// Deserializes the value as another type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        match self {
            Self::Text(text) => serde_json::from_str(text),
            Self::Value(value) => T::deserialize(value),
        }
    }
}

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TOKEN, RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    /// Reads the text under the requested name.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'de>, A::Error> {
        map.next_key::<IgnoredAny>()?;
        map.next_value::<Text<'de>>().map(|Text(text)| Raw::Text(text))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw<'de>, D::Error> {
        Value::deserialize(deserializer).map(Raw::Value)
    }
}

/// A string that is borrowed if possible; a `Cow` would always be owned.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Every reader of JSON text returns the complete text.
    #[test]
    fn texts_are_handed_over_as_they_are() {
        let text = r#" {"a": [1.000, 12345678901234567890.123456789]} "#;
        let borrowed: Raw<'_> = serde_json::from_str(text).unwrap();
        assert!(matches!(&borrowed, Raw::Text(Cow::Borrowed(found)) if *found == text.trim()));
        let mut reader = serde_json::Deserializer::from_reader(text.as_bytes());
        assert!(matches!(Raw::deserialize(&mut reader).unwrap(), Raw::Text(found) if found == text.trim()));
        assert!(matches!(Raw::deserialize(json!([1, null])).unwrap(), Raw::Text(found) if found == "[1,null]"));
    }

    #[test]
    fn a_buffer_of_serde_hands_over_the_value() {
        #[derive(serde::Deserialize)]
        struct Flat {
            #[serde(flatten, borrow)]
            inner: std::collections::BTreeMap<String, Raw<'static>>,
        }
        let flat: Flat = serde_json::from_str(r#"{"a": 1.5}"#).unwrap();
        assert!(matches!(&flat.inner["a"], Raw::Value(value) if *value == json!(1.5)));
        assert!(flat.inner["a"].read::<String>().is_err());
    }
}
