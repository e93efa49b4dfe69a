//! How responses are printed.

/// How responses are printed.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: OutputFormat,
    pub(crate) zone: Zone,
    /// The width of the terminal; none if the output goes elsewhere.
    pub(crate) width: Option<usize>,
    pub(crate) colour: bool,
    /// The columns by their dotted names; empty for those that fit.
    pub(crate) columns: Vec<String>,
}

impl Style {
    /// Highlights text, such as the name of a column.
    pub(crate) fn bold(&self, text: &str) -> String {
        let style = if self.colour { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        format!("{style}{text}{style:#}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    Table,
    /// One document; rows are an array.
    Json,
    /// One line for each row.
    Jsonl,
    Csv,
}

/// The time zone of times in tables. Other formats have times as the API sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Local,
    Utc,
}
