//! One row of the table, which benchmarks write as JSON.

use serde::Deserialize;

/// Two figures and their comparison.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) ours: f64,
    pub(super) theirs: Option<f64>,
    pub(super) unit: String,
    pub(super) value: f64,
    pub(super) kind: Kind,
    /// The interquartile range of the rounds, as a share of the value.
    pub(super) spread: Option<f64>,
    pub(super) target: Target,
}

/// The meaning of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Ratio,
    Difference,
    Figure,
}

/// The target for the value.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Target {
    AtLeast(f64),
    AtMost(f64),
    Told,
}

impl Target {
    /// Whether a value meets the target; `None` without a target.
    pub(super) fn is_met(self, value: f64) -> Option<bool> {
        match self {
            Self::AtLeast(least) => Some(value >= least),
            Self::AtMost(most) => Some(value <= most),
            Self::Told => None,
        }
    }
}
