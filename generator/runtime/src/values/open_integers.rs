//! Integer enumerations that accept values added to the API later.

/// An integer without a variant in this version of the crate.
///
/// Only conversions from integers and strings create one, so it never contains a known value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    #[doc(hidden)]
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number as received.
    pub fn as_i64(&self) -> i64 {
        self.0
    }
}

/// Implements integer conversions, serde and ordering for an enumeration with a variant `Unknown`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_integers {
    ($name:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        impl $name {
            /// The known values, in the order of the API's documentation.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)*];

            /// The value as an integer.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(value) => value.as_i64(),
                }
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownInteger::new(number)),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            // `Self::Err` may be a variant.
            fn from_str(text: &str) -> Result<Self, std::num::ParseIntError> {
                text.parse::<i64>().map(Self::from)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_i64().cmp(&other.as_i64())
            }
        }

        impl $crate::Checked for $name {
            fn number(&self) -> Option<$crate::Decimal> {
                Some(self.as_i64().into())
            }
        }

        impl $crate::Encode for $name {
            fn json(&self) -> $crate::Tree {
                $crate::Tree::of(&self.as_i64())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <i64 as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro makes methods of public types")]
mod tests {
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Level {
        Low,
        High,
        Unknown(crate::UnknownInteger),
    }
    open_integers!(Level { Low = -1, High = 10 });

    #[test]
    fn known_and_unknown_numbers_make_the_round_trip() {
        for (json, expected) in [("-1", "Low"), ("10", "High"), ("11", "Unknown(UnknownInteger(11))")] {
            let read: Level = serde_json::from_str(json).unwrap();
            assert_eq!(format!("{read:?}"), expected);
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            assert_eq!((read.to_string(), json.parse()), (json.to_owned(), Ok(read)));
        }
        assert_eq!(Level::KNOWN, [Level::Low, Level::High]);
        assert!(Level::from(3) > Level::Low && Level::from(3) < Level::High);
    }

    #[test]
    fn only_integers_are_read() {
        for bad in ["\"10\"", "1.5", "null", "true"] {
            assert!(serde_json::from_str::<Level>(bad).is_err(), "{bad}");
        }
    }
}
