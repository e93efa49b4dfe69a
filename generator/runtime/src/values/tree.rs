//! A value before it is encoded as a parameter or a part: fields keep their order, numbers their digits.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value. Unlike `serde_json::Value`, it keeps the order of fields and the digits of numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Null.
    Null,
    /// A boolean or a number, in its JSON form.
    Literal(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Serializes a value into a tree.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Self {
        // Every value of a request can be serialized as JSON; a type that cannot is null, and is not sent.
        serde_json::value::to_raw_value(value).map_or(Self::Null, |json| read(&json).unwrap_or(Self::Null))
    }

    /// Returns a string without quotes, and any other value as JSON.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::String(text) => text,
            value => value.to_string(),
        }
    }
}

fn read(json: &RawValue) -> serde_json::Result<Tree> {
    let text = json.get();
    Ok(match text.as_bytes() {
        b"null" => Tree::Null,
        [b'"', ..] => Tree::String(serde_json::from_str(text)?),
        [b'[', ..] => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Tree::List(items.into_iter().map(read).collect::<serde_json::Result<_>>()?)
        }
        [b'{', ..] => {
            let Fields(fields) = serde_json::from_str(text)?;
            let fields = fields.into_iter().map(|(name, value)| Ok((name, read(value)?)));
            Tree::Object(fields.collect::<serde_json::Result<_>>()?)
        }
        _ => Tree::Literal(text.to_owned()),
    })
}

/// The fields of an object, in their order.
struct Fields<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// Formats the value as JSON.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Literal(text) => f.write_str(text),
            Self::String(text) => quoted(text, f),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    quoted(name, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Order and digits are kept, at any depth.
    #[test]
    fn json_is_written_as_it_was_read() {
        for json in [
            r#"{"b":[1.000,{"z":null,"a":"é\"\n"}],"a":12345678901234567890.123456789,"":true}"#,
            "[]",
            "{}",
            r#"[[],{},"",null,false,-0.0]"#,
            "null",
            r#""\\""#,
        ] {
            let raw: &RawValue = serde_json::from_str(json).unwrap();
            assert_eq!(Tree::of(raw).to_string(), json);
        }
    }

    #[test]
    fn what_json_cannot_hold_is_null() {
        struct Broken;
        impl Serialize for Broken {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("no"))
            }
        }
        assert_eq!(Tree::of(&Broken), Tree::Null);
    }
}
