//! Values that are one of several types.

use serde_json::Value;

/// Gives an enumeration of types with a variant `Unknown` its conversions and serde.
///
/// With `by`, a property says which type a value has. Otherwise it is the one of those that fit which knows the most of
/// the value's properties: types keep what they do not know, so that more than one may fit.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident by $tag:literal { $($variant:ident($ty:ty) = [$($value:literal),*]),* $(,)? }) => {
        $crate::__union_serialize!($name { $($variant),* });

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                let tag = value.get($tag).and_then(serde_json::Value::as_str);
                $(if matches!(tag, $(Some($value))|*) {
                    return match <$ty as serde::Deserialize>::deserialize(value) {
                        Ok(value) => Ok(Self::$variant(value)),
                        Err(error) => Err(serde::de::Error::custom(error)),
                    };
                })*
                Ok(Self::Unknown(value))
            }
        }
    };
    ($name:ident { $($variant:ident($ty:ty) = [$($key:literal),*]),* $(,)? }) => {
        $crate::__union_serialize!($name { $($variant),* });

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                let mut best: Option<(usize, Self)> = None;
                $(if let Ok(read) = <$ty as serde::Deserialize>::deserialize(&value) {
                    let known = $crate::values::union::known(&value, &[$($key),*]);
                    if best.as_ref().is_none_or(|(most, _)| known > *most) {
                        best = Some((known, Self::$variant(read)));
                    }
                })*
                Ok(best.map_or(Self::Unknown(value), |(_, read)| read))
            }
        }
    };
}

/// Writes what is inside.
#[doc(hidden)]
#[macro_export]
macro_rules! __union_serialize {
    ($name:ident { $($variant:ident),* }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    };
}

/// How many of these properties a value has.
pub fn known(value: &Value, keys: &[&str]) -> usize {
    keys.iter().filter(|key| value.get(key).is_some()).count()
}
