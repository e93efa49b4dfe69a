//! One row of the table: two figures, their comparison, and its target.

use serde::Serialize;

/// A measurement. `cargo xtask bench` reads these as lines of JSON and prints the table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The name of the measurement.
    pub name: String,
    /// The figure of the client.
    pub ours: f64,
    /// The figure of the peer, if there is one.
    pub theirs: Option<f64>,
    /// The unit of both figures.
    pub unit: &'static str,
    /// The result of the comparison.
    pub value: f64,
    /// The meaning of [`value`](Self::value).
    pub kind: Kind,
    /// The interquartile range of the rounds, as a share of the value; `None` for a single round.
    pub spread: Option<f64>,
    /// The target for the value.
    pub target: Target,
}

/// The comparison of two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ours divided by theirs.
    Ratio,
    /// Ours minus theirs.
    Difference,
    /// Ours, without a peer.
    Figure,
}

/// The target for a value.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The minimum.
    AtLeast(f64),
    /// The maximum.
    AtMost(f64),
    /// No target; the value is only reported.
    Told,
}

impl Row {
    /// Returns a row of a single figure.
    pub fn figure(name: impl Into<String>, ours: f64, unit: &'static str, target: Target) -> Self {
        Self { name: name.into(), ours, theirs: None, unit, value: ours, kind: Kind::Figure, spread: None, target }
    }

    /// Prints the row as one line of JSON.
    pub fn print(&self) {
        if let Ok(line) = serde_json::to_string(self) {
            println!("{line}");
        }
    }
}
