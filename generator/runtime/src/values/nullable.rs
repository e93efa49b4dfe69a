//! A value that may be null, which differs from an absent value.

#![allow(clippy::ref_option, reason = "serde hands fields over by reference")]

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::values::exact::Exact;

/// Null, or a value. In an `Option`, `None` means absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(clippy::exhaustive_enums)]
pub enum Nullable<T> {
    /// Null is sent.
    Null,
    /// This value is sent.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value; `None` if it is null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Exact> Exact for Nullable<T> {
    type Wire = Option<T::Wire>;
    fn to_wire(&self) -> Self::Wire {
        self.value().map(T::to_wire)
    }
    fn from_wire(wire: Self::Wire) -> Self {
        wire.map(T::from_wire).into()
    }
}

/// Serializes null or the value; `skip_serializing_if` omits an absent field.
pub fn serialize<T: Serialize, S: Serializer>(field: &Option<Nullable<T>>, serializer: S) -> Result<S::Ok, S::Error> {
    field.as_ref().and_then(Nullable::value).serialize(serializer)
}

/// Deserializes a present field.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Nullable<T>>, D::Error> {
    Option::deserialize(deserializer).map(|value: Option<T>| Some(value.into()))
}

/// The same for types that need exact serialization.
pub mod exact {
    use super::{Deserialize, Deserializer, Exact, Nullable, Serialize, Serializer};

    /// Serializes null or the value.
    pub fn serialize<T: Exact, S: Serializer>(field: &Option<Nullable<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        field.as_ref().and_then(Exact::to_wire).serialize(serializer)
    }

    /// Deserializes a present field.
    pub fn deserialize<'de, T: Exact, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Nullable<T>>, D::Error> {
        Option::deserialize(deserializer).map(|wire| Some(Nullable::from_wire(wire)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Change {
        #[serde(default, skip_serializing_if = "Option::is_none", with = "super")]
        note: Option<Nullable<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "super::exact")]
        amount: Option<Nullable<Decimal>>,
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        for json in ["{}", r#"{"note":null,"amount":null}"#, r#"{"note":"x","amount":19.99}"#] {
            let change: Change = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&change).unwrap(), json);
        }
        let change: Change = serde_json::from_str(r#"{"amount":"0.1"}"#).unwrap();
        assert_eq!(change, Change { note: None, amount: Some(Nullable::Value(Decimal::new(1, 1))) });
    }
}
