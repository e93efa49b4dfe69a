//! Describes documented rules for values.

use std::fmt;

/// A documented rule for one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    Minimum(Bound),
    ExclusiveMinimum(Bound),
    Maximum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    Email,
    /// Numbers or booleans, as JSON.
    Values(Vec<String>),
    /// For each item of a list or value of a map.
    Items(Vec<Rule>),
}

/// An exact number: `digits` with the decimal point `scale` places from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) digits: i64,
    pub(crate) scale: u32,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum(bound) => write!(f, "at least {bound}"),
            Self::ExclusiveMinimum(bound) => write!(f, "greater than {bound}"),
            Self::Maximum(bound) => write!(f, "at most {bound}"),
            Self::ExclusiveMaximum(bound) => write!(f, "less than {bound}"),
            Self::MultipleOf(bound) => write!(f, "a multiple of {bound}"),
            Self::MinLength(length) => write!(f, "at least {length} character{} long", plural(*length)),
            Self::MaxLength(length) => write!(f, "at most {length} character{} long", plural(*length)),
            Self::MinItems(count) => write!(f, "at least {count} item{} long", plural(*count)),
            Self::MaxItems(count) => write!(f, "at most {count} item{} long", plural(*count)),
            Self::Email => f.write_str("an e-mail address"),
            Self::Values(values) => f.write_str(&values.join(" or ")),
            Self::Items(rules) => {
                let rules: Vec<_> = rules.iter().map(ToString::to_string).collect();
                write!(f, "made of items {}", rules.join(" and "))
            }
        }
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.digits < 0 { "-" } else { "" };
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_written_as_numbers() {
        for (digits, scale, expected) in [(5, 0, "5"), (-25, 1, "-2.5"), (1, 2, "0.01"), (100, 0, "100")] {
            assert_eq!(Bound { digits, scale }.to_string(), expected);
        }
    }
}
