//! Converts typed values to trees, from which parameters and parts are encoded.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::exact::Exact;
use super::tree::Tree;

/// A value of a parameter.
pub trait Encode {
    /// The value as a JSON document.
    fn json(&self) -> Tree;

    /// The value for a style, in which numbers keep the original digits.
    fn plain(&self) -> Tree {
        self.json()
    }
}

macro_rules! as_json {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Tree {
                Tree::of(self)
            }
        })*
    };
}
as_json!(String, bool, i8, u8, i16, u16, i32, u32, i64, u64, Value, Map<String, Value>);

macro_rules! as_text {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Tree {
                Tree::String(self.to_string())
            }
        })*
    };
}
as_text!(Timestamp, Date, Uuid);

macro_rules! floats {
    ($($ty:ty),*) => {
        $(impl Encode for $ty {
            fn json(&self) -> Tree {
                Tree::of(self)
            }
            fn plain(&self) -> Tree {
                Tree::Literal(self.to_string())
            }
        })*
    };
}
floats!(f32, f64);

impl Encode for Decimal {
    fn json(&self) -> Tree {
        Tree::of(&self.to_wire())
    }

    fn plain(&self) -> Tree {
        Tree::Literal(self.to_string())
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn json(&self) -> Tree {
        Tree::List(self.iter().map(T::json).collect())
    }

    fn plain(&self) -> Tree {
        Tree::List(self.iter().map(T::plain).collect())
    }
}

impl<T: Encode> Encode for Option<T> {
    fn json(&self) -> Tree {
        self.as_ref().map_or(Tree::Null, T::json)
    }

    fn plain(&self) -> Tree {
        self.as_ref().map_or(Tree::Null, T::plain)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn json(&self) -> Tree {
        Tree::Object(self.iter().map(|(key, value)| (key.clone(), value.json())).collect())
    }

    fn plain(&self) -> Tree {
        Tree::Object(self.iter().map(|(key, value)| (key.clone(), value.plain())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_in_styles() {
        let amount: Decimal = "9.80".parse().unwrap();
        for (value, json, plain) in [
            (&amount as &dyn Encode, "9.8", "9.80"),
            (&vec![0.1_f32], "[0.1]", "[0.1]"),
            (&1e21_f64, "1e+21", "1000000000000000000000"),
            (&Some(vec![1, 2]), "[1,2]", "[1,2]"),
            (&None::<String>, "null", "null"),
            (&BTreeMap::from([("a".to_owned(), amount)]), r#"{"a":9.8}"#, r#"{"a":9.80}"#),
        ] {
            assert_eq!((value.json().to_string(), value.plain().to_string()), (json.to_owned(), plain.to_owned()));
        }
    }
}
