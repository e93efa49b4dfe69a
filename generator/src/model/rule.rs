//! Describes documented rules for values.

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
}

/// An exact number: `digits` with the decimal point `scale` places from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) digits: i64,
    pub(crate) scale: u32,
}
