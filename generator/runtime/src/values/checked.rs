//! Implements [`Checked`] for each type of value.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::amount;
use super::check::{Checked, Checks};
use super::nullable::Nullable;

/// Types without rules.
macro_rules! plain {
    ($($ty:ty),*) => {
        $(impl Checked for $ty {})*
    };
}
plain!(Bytes, Date, Map<String, Value>, Timestamp, Uuid);

impl Checked for bool {
    fn truth(&self) -> Option<bool> {
        Some(*self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Checked for $number {
            fn number(&self) -> Option<Decimal> {
                Some((*self).into())
            }
        })*
    };
}
numbers!(i8, u8, i16, u16, i32, u32, i64, u64);

macro_rules! floats {
    ($($float:ty),*) => {
        $(impl Checked for $float {
            fn number(&self) -> Option<Decimal> {
                Decimal::try_from(*self).ok()
            }

            fn check(&self, checks: &mut Checks) {
                if !self.is_finite() {
                    checks.report_here("must be a finite number");
                }
            }
        })*
    };
}
floats!(f32, f64);

impl Checked for Decimal {
    fn number(&self) -> Option<Decimal> {
        Some(*self)
    }

    fn check(&self, checks: &mut Checks) {
        if checks.are_for_json && !amount::fits_json(self) {
            checks.report_here("must fit in a JSON number (up to 15 significant digits)");
        }
    }
}

impl Checked for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Checked for Value {
    fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => Some(number.into()),
                (None, Some(number)) => Some(number.into()),
                (None, None) => {
                    let text = number.to_string();
                    let exact = text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok());
                    exact.or_else(|| number.as_f64().map(nearest))
                }
            },
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn items(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }
}

/// Returns the nearest decimal with the same sign, for a number that no decimal can represent.
fn nearest(number: f64) -> Decimal {
    let size = if number.abs() < 1.0 { Decimal::new(1, Decimal::MAX_SCALE) } else { Decimal::MAX };
    if number < 0.0 { -size } else { size }
}

impl<T: Checked> Checked for Vec<T> {
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }

    fn check(&self, checks: &mut Checks) {
        for (index, item) in self.iter().enumerate() {
            checks.inside(&format!("[{index}]"), |checks| item.check(checks));
        }
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    fn check(&self, checks: &mut Checks) {
        for (key, value) in self {
            checks.inside(key, |checks| value.check(checks));
        }
    }
}

/// Delegates to the inner value, if there is one.
macro_rules! transparent {
    ($($wrapper:ident => $value:expr, $is_set:expr;)*) => {
        $(impl<T: Checked> Checked for $wrapper<T> {
            fn number(&self) -> Option<Decimal> {
                $value(self).and_then(T::number)
            }
            fn text(&self) -> Option<&str> {
                $value(self).and_then(T::text)
            }
            fn items(&self) -> Option<usize> {
                $value(self).and_then(T::items)
            }
            fn truth(&self) -> Option<bool> {
                $value(self).and_then(T::truth)
            }
            fn is_set(&self) -> bool {
                $is_set(self)
            }
            fn check(&self, checks: &mut Checks) {
                if let Some(value) = $value(self) {
                    value.check(checks);
                }
            }
        })*
    };
}
transparent! {
    Option => Option::as_ref, Option::is_some;
    Nullable => Nullable::value, |_: &Nullable<T>| true;
    Box => |boxed| Some(Box::as_ref(boxed)), |boxed: &Self| boxed.as_ref().is_set();
}
