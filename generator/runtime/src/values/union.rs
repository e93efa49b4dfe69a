//! Values with one of several types.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Error, Value};

use super::raw::Raw;
use crate::api::ApiSpec;

/// Implements serde for an enumeration of types with a variant `Unknown`, by its description.
///
/// `as exact` is for amounts and times. `tagged "kind" = "cat"` is for a type without a field for the property that
/// names the type.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident of $api:path { $(
        $index:literal = $variant:ident($ty:ty) $(as $exact:ident)?
        $(tagged $tag:literal = $value:literal $(not in $extra:ident)?)?
    ),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $(let value = &$crate::values::$exact::Exact::to_wire(value);)?
                        $(let value = &$crate::values::union::Tagged::new($tag, $value, value);)?
                        serde::Serialize::serialize(value, serializer)
                    })*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::values::union::read(deserializer, &$api, stringify!($name), Self::Unknown, |index, raw| {
                    match index {
                        $($index => $crate::__union_read!(raw, $ty $(, $exact)?).map(|value| {
                            $($(let mut value = value; value.$extra.remove($tag);)?)?
                            Self::$variant(value)
                        }),)*
                        _ => raw.value().map(Self::Unknown),
                    }
                })
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_read {
    ($raw:ident, $ty:ty) => {
        $raw.read::<$ty>()
    };
    ($raw:ident, $ty:ty, $exact:ident) => {
        $raw.read::<<$ty as $crate::values::$exact::Exact>::Wire>().map($crate::values::$exact::Exact::from_wire)
    };
}

/// Deserializes a value as the variant that it matches; `variant` deserializes the variant at an index.
pub fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    api: &ApiSpec,
    name: &str,
    unknown: fn(Value) -> T,
    variant: impl Fn(usize, &Raw<'_>) -> Result<T, Error>,
) -> Result<T, D::Error> {
    let raw = Raw::deserialize(deserializer)?;
    let value = raw.value().map_err(D::Error::custom)?;
    let Some(union) = api.union(name) else { return Ok(unknown(value)) };
    if let Some(tag) = union.tag {
        let tag = value.get(tag).and_then(Value::as_str).unwrap_or_default();
        return match union.members.iter().position(|member| member.tags.contains(&tag)) {
            Some(index) => variant(index, &raw).map_err(D::Error::custom),
            None => Ok(unknown(value)),
        };
    }
    let mut read = api.candidates(union, &value).into_iter().filter_map(|index| variant(index, &raw).ok());
    Ok(read.next().unwrap_or_else(|| unknown(value)))
}

/// A value with the property that names its type.
#[derive(Debug, Serialize)]
pub struct Tagged<'a, T: Serialize> {
    #[serde(flatten)]
    tag: Tag,
    #[serde(flatten)]
    value: &'a T,
}

#[derive(Debug)]
struct Tag {
    name: &'static str,
    value: &'static str,
}

impl<'a, T: Serialize> Tagged<'a, T> {
    /// Adds a property with this name and value to a value.
    pub fn new(name: &'static str, tag: &'static str, value: &'a T) -> Self {
        Self { tag: Tag { name, value: tag }, value }
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.name, self.value)])
    }
}
