//! Deserializes the body of a webhook request as an event, and serializes it.
//!
//! Anyone can send such a body, so nothing in it is trusted, and errors quote no value.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::error::decode::{self, Mismatch, is_plain};

/// The properties common to all bodies.
#[derive(Debug, PartialEq, Eq)]
pub struct Wire {
    /// The property with the event's name.
    pub name: &'static str,
    /// The property with the event's data.
    pub data: &'static str,
}

/// An event without a variant in this version of the crate.
///
/// Only parsing a body creates one. It serializes to the received body, except that null data is omitted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event's name, as received.
    pub name: String,
    /// The event's data; null if the body has none.
    pub data: Value,
    /// All other properties of the body.
    pub extra: Map<String, Value>,
    wire: &'static Wire,
}

/// A body after reading the event's name.
pub struct UnreadEvent<'a> {
    wire: &'static Wire,
    name: String,
    json: &'a [u8],
}

impl<'a> UnreadEvent<'a> {
    /// Reads the event's name, at any position in the body.
    pub fn open(wire: &'static Wire, json: &'a [u8]) -> Result<Self, Error> {
        match decode::read(Name(wire), json) {
            Ok(name) => Ok(Self { wire, name, json }),
            Err(mismatch) => Err(rejected(None, mismatch)),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the data of a known event as this type, and the undocumented properties.
    pub fn known<T: DeserializeOwned, E>(self, make: fn(T) -> E) -> Result<(E, Map<String, Value>), Error> {
        let fields = decode::read(Fields::<T> { wire: self.wire, data: PhantomData }, self.json);
        let fields = fields.and_then(|(data, extra)| match data {
            Some(data) => Ok((make(data), extra)),
            None => Err(Mismatch::whole(format!("missing field `{}`", self.wire.data))),
        });
        fields.map_err(|mismatch| rejected(Some(self.name), mismatch))
    }

    /// Reads an unknown event, which contains all properties.
    pub fn unknown<E>(self, make: fn(UnknownEvent) -> E) -> Result<(E, Map<String, Value>), Error> {
        let Self { wire, name, json } = self;
        match decode::read(Fields::<Value> { wire, data: PhantomData }, json) {
            Ok((data, extra)) => {
                Ok((make(UnknownEvent { name, data: data.unwrap_or_default(), extra, wire }), Map::new()))
            }
            Err(mismatch) => Err(rejected(Some(name).filter(|name| is_event_name(name)), mismatch)),
        }
    }
}

/// Whether an unknown name is safe to display. The sender chooses it, so it must look like an event name.
fn is_event_name(name: &str) -> bool {
    is_plain(name) && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn rejected(event: Option<String>, Mismatch { json_path, reason, .. }: Mismatch) -> Error {
    Error::Event { event, json_path, reason }
}

impl Wire {
    /// Serializes an event in the form of its body.
    pub fn write<S: Serializer>(
        &self,
        serializer: S,
        name: &str,
        data: &impl Serialize,
        extra: &Map<String, Value>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.name, name)?;
        map.serialize_entry(self.data, data)?;
        write_extra(map, extra)
    }
}

fn write_extra<M: SerializeMap>(mut map: M, extra: &Map<String, Value>) -> Result<M::Ok, M::Error> {
    for (key, value) in extra {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

impl Serialize for UnknownEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.wire.name, &self.name)?;
        if !self.data.is_null() {
            map.serialize_entry(self.wire.data, &self.data)?;
        }
        write_extra(map, &self.extra)
    }
}

const EXPECTED: &str = "an event, which is an object";

/// Reads the event's name and skips everything else.
struct Name(&'static Wire);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.0.name {
                map.next_value::<IgnoredAny>()?;
            } else if name.replace(map.next_value()?).is_some() {
                return Err(A::Error::duplicate_field(self.0.name));
            }
        }
        name.ok_or_else(|| A::Error::missing_field(self.0.name))
    }
}

/// Reads the data, and all other properties except the name.
struct Fields<T> {
    wire: &'static Wire,
    data: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Fields<T> {
    type Value = (Option<T>, Map<String, Value>);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Fields<T> {
    type Value = (Option<T>, Map<String, Value>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut data, mut extra) = (None, Map::new());
        while let Some(key) = map.next_key::<String>()? {
            if key == self.wire.name {
                map.next_value::<IgnoredAny>()?;
            } else if key != self.wire.data {
                extra.insert(key, map.next_value()?);
            } else if data.replace(map.next_value()?).is_some() {
                return Err(A::Error::duplicate_field(self.wire.data));
            }
        }
        Ok((data, extra))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static WIRE: Wire = Wire { name: "kind", data: "about" };

    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Row {
        count: i64,
    }

    #[derive(Debug, PartialEq)]
    enum Event {
        Counted(Row),
        Unknown(UnknownEvent),
    }

    fn parse(text: &[u8]) -> Result<(Event, Map<String, Value>), Error> {
        let body = UnreadEvent::open(&WIRE, text)?;
        match body.name() {
            "row.counted" => body.known(Event::Counted),
            _ => body.unknown(Event::Unknown),
        }
    }

    #[test]
    fn the_name_may_be_anywhere() {
        for text in [
            r#"{"kind":"row.counted","about":{"count":3},"sent":7}"#,
            r#"{"sent":7,"about":{"count":3},"kind":"row.counted"}"#,
            " {\"\\u0061bout\": {\"count\": 3}, \"sent\": 7, \"kind\": \"row\\u002ecounted\"}\n",
        ] {
            let (event, extra) = parse(text.as_bytes()).unwrap();
            assert_eq!(event, Event::Counted(Row { count: 3 }), "{text}");
            assert_eq!(Value::Object(extra), json!({"sent": 7}), "{text}");
        }
    }

    #[test]
    fn unknown_events_keep_everything() {
        for text in
            [r#"{"kind":"a","about":[1],"sent":{"at":7}}"#, r#"{"kind":"","sent":null}"#, r#"{"kind":"é \"x\""}"#]
        {
            let (Event::Unknown(event), extra) = parse(text.as_bytes()).unwrap() else { panic!("{text}") };
            assert!(extra.is_empty(), "{text}");
            assert_eq!(serde_json::to_string(&event).unwrap(), text);
        }
    }

    #[track_caller]
    fn check(text: impl AsRef<[u8]>, expected: &str) {
        assert_eq!(parse(text.as_ref()).expect_err("a body that does not fit").to_string(), expected);
    }

    #[test]
    fn mismatches_name_the_path_but_no_value() {
        check("", "the event is not as documented at `.`: the body ends too early, at line 1 column 0");
        check(b"\xff\xfe", "the event is not as documented at `.`: the body is not JSON, at line 1 column 1");
        check("[1]", "the event is not as documented at `.`: expected an event, which is an object, found sequence");
        check("{}", "the event is not as documented at `.`: missing field `kind`");
        check(r#"{"kind":7}"#, "the event is not as documented at `kind`: expected a string, found integer");
        check(r#"{"kind":"a","kind":"a"}"#, "the event is not as documented at `.`: duplicate field `kind`");
        check(r#"{"kind":"a"} x"#, "the event is not as documented at `.`: trailing characters after the value");
        check(r#"{"kind":"row.counted"}"#, "row.counted: the event is not as documented at `.`: missing field `about`");
        check(
            r#"{"kind":"row.counted","about":{"count":1},"about":{"count":2}}"#,
            "row.counted: the event is not as documented at `.`: duplicate field `about`",
        );
        check(
            r#"{"kind":"row.counted","about":{"count":"ada@example.com"}}"#,
            "row.counted: the event is not as documented at `about.count`: expected i64, found string",
        );
        let deep = "[".repeat(200) + &"]".repeat(200);
        check(
            format!(r#"{{"kind":"ada@example.com","a@b":{deep}}}"#),
            "the event is not as documented at `?[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]…`: \
             the body is nested too deeply, at line 1 column 159",
        );
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let whole = r#"{"kind":"row.counted","about":{"count":3},"é":[1e400,-0,"\ud83d\ude00"]}"#.as_bytes();
        for end in 0..=whole.len() {
            for byte in [b'"', b'{', b'[', b'\\', 0, 0xff] {
                let _ = parse(&[&whole[..end], &[byte]].concat());
                let _ = parse(&[&whole[..end], &[byte], &whole[end..]].concat());
            }
        }
    }
}
