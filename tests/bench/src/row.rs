//! One line of the table: two figures, how they compare, and what is asked of that.

use serde::Serialize;

/// What was measured. `cargo xtask bench` reads these as lines of JSON and prints the table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What is compared.
    pub name: String,
    /// The figure of the client.
    pub ours: f64,
    /// The figure of what it stands beside; none where there is nothing beside it.
    pub theirs: Option<f64>,
    /// What both are counted in.
    pub unit: &'static str,
    /// How they compare.
    pub value: f64,
    /// What [`value`](Self::value) is.
    pub kind: Kind,
    /// How far the middle half of the single comparisons is spread, as a share of the value; none if there was one only.
    pub spread: Option<f64>,
    /// What is asked of the value.
    pub target: Target,
}

/// How two figures become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ours divided by theirs.
    Ratio,
    /// Ours less theirs.
    Difference,
    /// Ours alone.
    Figure,
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It must not be less.
    AtLeast(f64),
    /// It must not be more.
    AtMost(f64),
    /// Nothing; it is there to be known.
    Told,
}

impl Row {
    /// A figure that stands alone.
    pub fn figure(name: impl Into<String>, ours: f64, unit: &'static str, target: Target) -> Self {
        Self { name: name.into(), ours, theirs: None, unit, value: ours, kind: Kind::Figure, spread: None, target }
    }

    /// Writes it as one line.
    pub fn print(&self) {
        if let Ok(line) = serde_json::to_string(self) {
            println!("{line}");
        }
    }
}
