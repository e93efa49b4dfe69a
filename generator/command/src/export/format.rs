//! The formats of exported lists.

use serde::{Deserialize, Serialize};

/// A format of exported lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
    Sqlite,
}

impl ExportFormat {
    pub(crate) const ALL: [Self; 3] = [Self::Jsonl, Self::Csv, Self::Sqlite];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Sqlite => "sqlite",
        }
    }
}
