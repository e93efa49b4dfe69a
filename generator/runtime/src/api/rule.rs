//! Documented rules for values.

use std::fmt;

use rust_decimal::Decimal;

/// A documented rule for a value.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// A number must be at least this.
    Minimum(Bound),
    /// A number must be greater than this.
    ExclusiveMinimum(Bound),
    /// A number must be at most this.
    Maximum(Bound),
    /// A number must be less than this.
    ExclusiveMaximum(Bound),
    /// A number must be a whole multiple of this.
    MultipleOf(Bound),
    /// A string must have at least this many characters.
    MinLength(usize),
    /// A string must have at most this many characters.
    MaxLength(usize),
    /// A list must have at least this many items.
    MinItems(usize),
    /// A list must have at most this many items.
    MaxItems(usize),
    /// A string must be an e-mail address: one `@` with characters on both sides and no white space.
    Email,
    /// A number or boolean must be one of these values, in JSON.
    Values(&'static [&'static str]),
    /// Each item of a list, or value of a map, must satisfy these rules.
    Items(&'static [Rule]),
}

/// A number in a rule: `digits` with the decimal point `scale` places from its end.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    digits: i64,
    scale: u32,
}

impl Bound {
    /// The number `digits` × 10^-`scale`.
    pub const fn new(digits: i64, scale: u32) -> Self {
        Self { digits, scale }
    }

    /// Returns the bound as an exact number.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.digits, self.scale)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}
