//! Converts between JSON numbers and exact decimals.
//!
//! A number is read from its text, digit by digit. If serde has buffered it, it is an `f64` instead. The shortest text
//! of that `f64` equals the original text if the number has at most 15 significant digits, or was itself written from
//! an `f64`. (`serde_json` needs its feature `float_roundtrip` to find that `f64`.)
//!
//! Serializing goes through an `f64`, too. An amount that it cannot represent exactly becomes a numeric string, which
//! this module reads as well.

use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{Deserialize, Deserializer, Error as _, Unexpected};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::exact::Exact;
use super::raw::Raw;

/// The serialized form of a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(Decimal);

impl Exact for Decimal {
    type Wire = Amount;
    fn to_wire(&self) -> Amount {
        Amount(*self)
    }
    fn from_wire(Amount(decimal): Amount) -> Self {
        decimal
    }
}

/// Whether a JSON number represents a decimal exactly.
pub(crate) fn fits_json(amount: &Decimal) -> bool {
    Number::of(amount).is_some()
}

/// The JSON number that represents a decimal exactly.
enum Number {
    Signed(i64),
    Unsigned(u64),
    Float(f64),
}

impl Number {
    fn of(amount: &Decimal) -> Option<Self> {
        if amount.scale() == 0 {
            let whole = amount.to_i64().map(Self::Signed).or_else(|| amount.to_u64().map(Self::Unsigned));
            if whole.is_some() {
                return whole;
            }
        }
        let float = f64::from_str(&amount.to_string()).ok()?;
        (decimal_of(float).as_ref() == Some(amount)).then_some(Self::Float(float))
    }
}

/// Parses the shortest text of a float; `None` if it does not fit in a decimal.
fn decimal_of(float: f64) -> Option<Decimal> {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format(float);
    if text.contains('e') { decimal_in(text) } else { Decimal::from_str_exact(text).ok() }
}

/// Parses a number; `None` if a decimal cannot represent it exactly.
pub(crate) fn decimal_in(text: &str) -> Option<Decimal> {
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else { return exact(text) };
    // The library rounds the digits before an exponent, and accepts an exponent with two signs.
    exact(digits)?;
    let is_number = exponent.strip_prefix(['+', '-']).unwrap_or(exponent).bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Decimal::from_scientific(text).ok() } else { None }
}

/// Parses a number without an exponent. The library also accepts underscores between digits.
fn exact(text: &str) -> Option<Decimal> {
    if text.contains('_') { None } else { Decimal::from_str_exact(text).ok() }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Number::of(&self.0) {
            Some(Number::Signed(number)) => serializer.serialize_i64(number),
            Some(Number::Unsigned(number)) => serializer.serialize_u64(number),
            Some(Number::Float(number)) => serializer.serialize_f64(number),
            None => serializer.collect_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let json = match &raw {
            Raw::Text(text) if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                return decimal_in(text).map(Amount).ok_or_else(|| D::Error::custom(INEXACT));
            }
            Raw::Text(_) => raw.value().map_err(D::Error::custom)?,
            Raw::Value(value) => value.clone(),
        };
        let text = match &json {
            Value::Number(number) => return of_number(number).map(Amount).ok_or_else(|| D::Error::custom(INEXACT)),
            Value::String(text) => text.trim(),
            other => return Err(D::Error::invalid_type(unexpected(other), &"a number or a numeric string")),
        };
        decimal_in(text).map(Amount).ok_or_else(|| D::Error::custom("a string that is not a decimal number"))
    }
}

/// The error for a number that a decimal cannot represent.
const INEXACT: &str = "a number outside the range of exact decimals";

/// Converts a number that was not read from text.
fn of_number(number: &serde_json::Number) -> Option<Decimal> {
    let whole = number.as_i64().map(Decimal::from).or_else(|| number.as_u64().map(Decimal::from));
    whole.or_else(|| decimal_of(number.as_f64()?))
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Bool(truth) => Unexpected::Bool(*truth),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
        _ => Unexpected::Unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, decimal: &str, written: &str) {
        let Amount(read) = serde_json::from_str(json).expect(json);
        assert_eq!(read.to_string(), decimal, "read from {json}");
        assert_eq!(serde_json::to_string(&Amount(read)).unwrap(), written, "written from {decimal}");
    }

    #[test]
    fn numbers_keep_their_digits() {
        for same in ["0", "19.99", "0.1", "1234567.89", "999999999999.99", "-3.5", "100", "1.0", "123456789012.345"] {
            check(same, same, same);
        }
        check("1e-6", "0.000001", "1e-6");
        check("2e3", "2000", "2000");
        check("49.00", "49.00", "49.0");
        check("9223372036854775807", "9223372036854775807", "9223372036854775807");
        check("18446744073709551615", "18446744073709551615", "18446744073709551615");
    }

    #[test]
    fn whole_amounts_beyond_the_integers_are_numbers() {
        for text in ["100000000000000000000", "-9223372036855000000"] {
            let amount: Decimal = text.parse().unwrap();
            let written = serde_json::to_string(&Amount(amount)).unwrap();
            assert!(fits_json(&amount) && !written.contains('"'), "{written}");
            assert_eq!(serde_json::from_str::<Amount>(&written).unwrap(), Amount(amount));
        }
    }

    /// A server that calculates with floats writes up to 17 digits.
    #[test]
    fn floats_of_other_programs_keep_their_digits() {
        for same in ["28179.690000000002", "32298.103039999998", "0.30000000000000004"] {
            check(same, same, same);
        }
        check("257915356456338e-25", "0.0000000000257915356456338", "2.57915356456338e-11");
    }

    #[test]
    fn numeric_strings_are_read() {
        check("\"19.99\"", "19.99", "19.99");
        check("\" 7 \"", "7", "7");
        check("\"1e2\"", "100", "100");
    }

    #[test]
    fn what_no_json_number_can_carry_is_written_as_a_string() {
        check("\"1234567890123456789.01\"", "1234567890123456789.01", "\"1234567890123456789.01\"");
        let [long, short]: [Decimal; 2] = ["1234567890123456789.01", "49.00"].map(|text| text.parse().unwrap());
        assert!(!fits_json(&long) && fits_json(&short));
    }

    #[test]
    fn strings_are_read_exactly_or_not_at_all() {
        check(
            "\"1.2345678901234567890123456789e1\"",
            "12.345678901234567890123456789",
            "\"12.345678901234567890123456789\"",
        );
        for long in ["0.12345678901234567890123456789", "0.12345678901234567890123456789e2", "1e-29"] {
            assert!(serde_json::from_str::<Amount>(&format!("\"{long}\"")).is_err(), "{long}");
        }
    }

    /// A number keeps all digits, or is an error.
    #[test]
    fn long_numbers_are_read_exactly_or_not_at_all() {
        for text in ["1234567890123456789.01", "0.1000000000000000055511151231", "-79228162514264337593543950335"] {
            let Amount(read) = serde_json::from_str(text).expect(text);
            assert_eq!(read.to_string(), text);
        }
        for long in ["0.12345678901234567890123456789", "79228162514264337593543950336", "1e29", "1e-29"] {
            assert!(serde_json::from_str::<Amount>(long).is_err(), "{long}");
        }
    }

    #[test]
    fn other_values_are_errors() {
        for bad in [
            "\"\"",
            "\"abc\"",
            "\"NaN\"",
            "\"1,000\"",
            "true",
            "null",
            "[]",
            "1e300",
            "\"1e400\"",
            "\"1_000\"",
            "\"1e-+2\"",
            "\"1e\"",
        ] {
            assert!(serde_json::from_str::<Amount>(bad).is_err(), "{bad}");
        }
        for (bad, found) in [("true", "boolean `true`"), ("[]", "sequence"), ("{}", "map"), ("null", "null")] {
            let error = serde_json::from_str::<Amount>(bad).unwrap_err().to_string();
            assert!(error.starts_with(&format!("invalid type: {found}, expected a number")), "{error}");
        }
    }
}
