//! Exact serialization where serde alone would lose precision, for `#[serde(with = "…::exact")]` on a field.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// Serializes a value in its wire form.
pub fn serialize<T: Exact, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_wire().serialize(serializer)
}

/// Deserializes a value from its wire form.
pub fn deserialize<'de, T: Exact, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::Wire::deserialize(deserializer).map(T::from_wire)
}

/// An amount or a time, or a container of these.
pub trait Exact: Sized {
    /// The wire form, with exact serialization.
    type Wire: Serialize + for<'de> Deserialize<'de>;
    /// Converts to the wire form.
    fn to_wire(&self) -> Self::Wire;
    /// Converts from the wire form.
    fn from_wire(wire: Self::Wire) -> Self;
}

impl<T: Exact> Exact for Option<T> {
    type Wire = Option<T::Wire>;
    fn to_wire(&self) -> Self::Wire {
        self.as_ref().map(T::to_wire)
    }
    fn from_wire(wire: Self::Wire) -> Self {
        wire.map(T::from_wire)
    }
}

impl<T: Exact> Exact for Vec<T> {
    type Wire = Vec<T::Wire>;
    fn to_wire(&self) -> Self::Wire {
        self.iter().map(T::to_wire).collect()
    }
    fn from_wire(wire: Self::Wire) -> Self {
        wire.into_iter().map(T::from_wire).collect()
    }
}

impl<T: Exact> Exact for BTreeMap<String, T> {
    type Wire = BTreeMap<String, T::Wire>;
    fn to_wire(&self) -> Self::Wire {
        self.iter().map(|(key, value)| (key.clone(), value.to_wire())).collect()
    }
    fn from_wire(wire: Self::Wire) -> Self {
        wire.into_iter().map(|(key, value)| (key, T::from_wire(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rust_decimal::Decimal;

    use super::*;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Row {
        #[serde(with = "super")]
        one: Decimal,
        #[serde(with = "super", default)]
        maybe: Option<Decimal>,
        #[serde(with = "super", default)]
        many: Vec<Decimal>,
        #[serde(with = "super", default)]
        named: BTreeMap<String, Option<Decimal>>,
        #[serde(with = "super", default)]
        times: Vec<Option<Timestamp>>,
    }

    #[test]
    fn containers_are_exact_too() {
        let json = r#"{"one":0.1,"maybe":null,"many":[19.99,1],"named":{"a":2.5,"b":null},"times":["2024-01-01T00:00:00Z",null]}"#;
        let row: Row = serde_json::from_str(json).unwrap();
        assert_eq!(row.many[0], "19.99".parse().unwrap());
        assert_eq!(serde_json::to_string(&row).unwrap(), json);
    }

    #[test]
    fn what_serde_has_buffered_is_read() {
        #[derive(serde::Deserialize)]
        struct Flat {
            #[serde(flatten)]
            inner: Row,
        }
        let flat: Flat = serde_json::from_str(r#"{"one": 19.99, "many": [7, "0.1"]}"#).unwrap();
        assert_eq!(flat.inner.one.to_string(), "19.99");
        assert_eq!(flat.inner.many, ["7", "0.1"].map(|text| text.parse().unwrap()));
        assert!(serde_json::from_str::<Flat>(r#"{"one": true}"#).is_err());
    }
}
