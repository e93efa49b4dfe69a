//! Converts between RFC 3339 strings and [`Timestamp`], for all of RFC 3339.
//!
//! A time has up to nine decimals; further decimals are cut off. A time after 9999-12-30T22:00:00.999999999Z becomes
//! that time. Some servers send the last second of the year 9999 as "never".

use std::fmt;

use jiff::Timestamp;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::exact::Exact;

/// The maximum number of decimals of a second.
const DECIMALS: usize = 9;

/// The serialized form of a time.
#[derive(Clone, Copy, Debug)]
pub struct Instant(Timestamp);

impl Exact for Timestamp {
    type Wire = Instant;
    fn to_wire(&self) -> Instant {
        Instant(*self)
    }
    fn from_wire(Instant(timestamp): Instant) -> Self {
        timestamp
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InstantVisitor;

        impl Visitor<'_> for InstantVisitor {
            type Value = Instant;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 date and time")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Instant, E> {
                timestamp(text)
                    .map(Instant)
                    .ok_or_else(|| E::custom("expected an RFC 3339 date and time, found another string"))
            }
        }

        deserializer.deserialize_str(InstantVisitor)
    }
}

/// Parses a time.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let text = without_further_decimals(text);
        text.parse().ok().or_else(|| is_after_the_last(&text).then_some(Timestamp::MAX))
    })
}

fn without_further_decimals(text: &str) -> String {
    let Some((whole, rest)) = text.split_once('.') else { return text.to_owned() };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (decimals, offset) = rest.split_at(digits);
    format!("{whole}.{}{offset}", &decimals[..digits.min(DECIMALS)])
}

/// Whether a string is a time on one of the last two days of the year 9999.
fn is_after_the_last(text: &str) -> bool {
    let earlier = text.replacen("9999-12-31", "9999-12-29", 1).replacen("9999-12-30", "9999-12-29", 1);
    earlier != text && earlier.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_rfc_3339_is_read() {
        for (text, expected) in [
            ("2024-02-29T12:30:45Z", "2024-02-29T12:30:45Z"),
            ("2024-02-29T12:30:45.1234567891+02:00", "2024-02-29T10:30:45.123456789Z"),
            ("2024-02-29t12:30:45.10000000000000z", "2024-02-29T12:30:45.1Z"),
            ("9999-12-31T23:59:59Z", "9999-12-30T22:00:00.999999999Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-30T22:00:00.999999999Z"),
            ("9999-12-30T23:00:00-01:00", "9999-12-30T22:00:00.999999999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ] {
            let read: Instant = serde_json::from_str(&format!("\"{text}\"")).expect(text);
            assert_eq!(read.0.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "\"\"",
            "\"2024-02-29\"",
            "\"2024-02-29T12:30:45\"",
            "\"9999-12-31T25:00:00Z\"",
            "\"9999-12-31\"",
            "\"1.é\"",
            "1",
            "null",
        ] {
            assert!(serde_json::from_str::<Instant>(text).is_err(), "{text}");
        }
    }
}
