//! Typed values → JSON, from which parameters are written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::exact::Exact;

/// A value that can be a parameter.
pub trait Encode {
    /// The value as a JSON document.
    fn json(&self) -> Value;

    /// The value as it is written in a style: numbers are strings where JSON would change their digits.
    fn plain(&self) -> Value {
        self.json()
    }
}

/// The JSON of a value that serde writes.
pub fn by_serde(value: &impl Serialize) -> Value {
    // By its text, in which an `f32` has its own digits. What can be sent can be written as JSON; if a type cannot, nothing
    // is sent for it.
    serde_json::to_string(value).and_then(|text| serde_json::from_str(&text)).unwrap_or_default()
}

macro_rules! as_json {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Value {
                Value::from(self.clone())
            }
        })*
    };
}
as_json!(String, bool, i8, u8, i16, u16, i32, u32, i64, u64, Map<String, Value>);

macro_rules! as_text {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Value {
                Value::from(self.to_string())
            }
        })*
    };
}
as_text!(Timestamp, Date, Uuid);

macro_rules! floats {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Value {
                by_serde(self)
            }
            fn plain(&self) -> Value {
                Value::from(self.to_string())
            }
        })*
    };
}
floats!(f32, f64);

impl Encode for Decimal {
    fn json(&self) -> Value {
        by_serde(&self.to_wire())
    }

    fn plain(&self) -> Value {
        Value::from(self.to_string())
    }
}

impl Encode for Value {
    fn json(&self) -> Value {
        self.clone()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn json(&self) -> Value {
        self.iter().map(T::json).collect()
    }

    fn plain(&self) -> Value {
        self.iter().map(T::plain).collect()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::json)
    }

    fn plain(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::plain)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn json(&self) -> Value {
        self.iter().map(|(key, value)| (key.clone(), value.json())).collect()
    }

    fn plain(&self) -> Value {
        self.iter().map(|(key, value)| (key.clone(), value.plain())).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_keep_their_digits_in_styles() {
        let amount: Decimal = "9.80".parse().unwrap();
        assert_eq!([amount.plain(), amount.json()], [json!("9.80"), json!(9.8)]);
        assert_eq!(vec![0.1_f32].plain(), json!(["0.1"]));
        assert_eq!(Some(vec![1, 2]).plain(), json!([1, 2]));
        assert_eq!(None::<String>.json(), json!(null));
        assert_eq!(BTreeMap::from([("a".to_owned(), amount)]).plain(), json!({"a": "9.80"}));
    }
}
