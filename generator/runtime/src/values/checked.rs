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

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Checked)) {
        match self {
            Self::Array(items) => items.each(visit),
            Self::Object(fields) => fields.iter().for_each(|(key, value)| visit(key, value)),
            _ => {}
        }
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

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Checked)) {
        for (index, item) in self.iter().enumerate() {
            visit(&format!("[{index}]"), item);
        }
    }

    fn check(&self, checks: &mut Checks) {
        self.each(&mut |index, item| checks.inside(index, |checks| item.check(checks)));
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Checked)) {
        for (key, value) in self {
            visit(key, value);
        }
    }

    fn check(&self, checks: &mut Checks) {
        self.each(&mut |key, value| checks.inside(key, |checks| value.check(checks)));
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
            fn each(&self, visit: &mut dyn FnMut(&str, &dyn Checked)) {
                if let Some(value) = $value(self) {
                    value.each(visit);
                }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A value as rules see it: number, string, count of items, boolean, and the items.
    type Seen = (Option<Decimal>, Option<String>, Option<usize>, Option<bool>, String);

    fn seen(value: &dyn Checked) -> Seen {
        let mut each = String::new();
        value.each(&mut |key, _| each.push_str(key));
        (value.number(), value.text().map(str::to_owned), value.items(), value.truth(), each)
    }

    #[test]
    fn what_rules_see() {
        let [number, text, truth] = [json!(7), json!("a"), json!(false)];
        let (list, object) = (json!(["a", 1]), json!({"b": 1}));
        let map = BTreeMap::from([("k".to_owned(), 1)]);
        let cases: [(&dyn Checked, Seen); 11] = [
            (&7_i64, (Some(7.into()), None, None, None, String::new())),
            (&true, (None, None, None, Some(true), String::new())),
            (&false, (None, None, None, Some(false), String::new())),
            (&number, (Some(7.into()), None, None, None, String::new())),
            (&text, (None, Some("a".to_owned()), None, None, String::new())),
            (&truth, (None, None, None, Some(false), String::new())),
            (&list, (None, None, Some(2), None, "[0][1]".to_owned())),
            (&object, (None, None, None, None, "b".to_owned())),
            (&map, (None, None, None, None, "k".to_owned())),
            (&Some(Box::new(vec![1, 2])), (None, None, Some(2), None, "[0][1]".to_owned())),
            (&Nullable::<Vec<bool>>::Null, (None, None, None, None, String::new())),
        ];
        for (value, expected) in cases {
            assert_eq!(seen(value), expected);
        }
        assert!(!None::<bool>.is_set() && Some(true).is_set() && Nullable::<bool>::Null.is_set());
    }

    /// Beyond decimals, size and sign are kept as far as rules need them.
    #[test]
    fn numbers_beyond_decimals() {
        let smallest = Decimal::new(1, Decimal::MAX_SCALE);
        for (number, expected) in
            [(1e300, Decimal::MAX), (-1e300, Decimal::MIN), (1e-300, smallest), (-1e-300, -smallest)]
        {
            assert_eq!(json!(number).number(), Some(expected), "{number}");
        }
        assert_eq!([nearest(1.0), nearest(0.0), nearest(-0.0)], [Decimal::MAX, smallest, smallest]);
        assert_eq!(json!(18_446_744_073_709_551_615_u64).number(), Some(u64::MAX.into()));
        assert_eq!(json!(0.1).number(), Some(Decimal::new(1, 1)));
    }
}
