//! Enumerations that accept values added to the API later.

use std::fmt;

/// The string of a value without a variant in this version of the crate.
///
/// Only conversions from strings create one, so it never contains a known value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The string as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Implements string conversions, serde and ordering for an enumeration with a variant `Unknown`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $name {
            /// The known values, in the order of the API's documentation.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)*];

            /// The value as a string, in the API's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownValue::new(text)),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            // `Self::Err` may be a variant.
            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl $crate::Checked for $name {
            fn text(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }

        impl $crate::Encode for $name {
            fn json(&self) -> $crate::Tree {
                $crate::Tree::of(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::values::open_enum::read(deserializer, |text| Self::from(text))
            }
        }
    };
}

/// Deserializes a string and converts it, without a copy if the input allows it.
pub fn read<'de, D, T>(deserializer: D, make: fn(&str) -> T) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
{
    struct Text<T>(fn(&str) -> T);

    impl<T> serde::de::Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            Ok(self.0(text))
        }
    }

    deserializer.deserialize_str(Text(make))
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro makes methods of public types")]
mod tests {
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Colour {
        Red,
        DarkBlue,
        Unknown(crate::UnknownValue),
    }
    open_enum!(Colour { Red = "red", DarkBlue = "dark-blue" });

    #[track_caller]
    fn check(text: &str, debug: &str) {
        let json = serde_json::to_string(text).unwrap();
        let read: Colour = serde_json::from_str(&json).unwrap();
        assert_eq!(format!("{read:?}"), debug);
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        assert_eq!(read.to_string(), text);
        assert_eq!(text.parse::<Colour>().unwrap(), read);
        assert_eq!(Colour::from(text.to_owned()), read);
    }

    #[test]
    fn known_and_unknown_values_make_the_round_trip() {
        check("red", "Red");
        check("dark-blue", "DarkBlue");
        check("Red", "Unknown(\"Red\")");
        check("", "Unknown(\"\")");
        check("ünknown \"x\"", "Unknown(\"ünknown \\\"x\\\"\")");
    }

    #[test]
    fn order_is_that_of_the_text() {
        let mut colours = [Colour::from("z"), Colour::Red, Colour::from("a"), Colour::DarkBlue];
        colours.sort();
        assert_eq!(colours.map(|colour| colour.to_string()), ["a", "dark-blue", "red", "z"]);
        assert_eq!(Colour::KNOWN, [Colour::Red, Colour::DarkBlue]);
    }

    #[test]
    fn only_strings_are_read() {
        for bad in ["1", "null", "[]", "true"] {
            assert!(serde_json::from_str::<Colour>(bad).is_err(), "{bad}");
        }
    }
}
