//! The style of all output.

/// The format, time zone, width, colour and columns of the output.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: OutputFormat,
    pub(crate) zone: Zone,
    /// The width of the terminal; `None` if the output is not a terminal.
    pub(crate) width: Option<usize>,
    pub(crate) colour: bool,
    /// The selected columns by dotted names; if empty, the columns that fit.
    pub(crate) columns: Vec<String>,
}

impl Style {
    /// Formats text in bold, such as the name of a column.
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
    /// One line per row.
    Jsonl,
    Csv,
}

/// The time zone of times in tables. Other formats keep times as the API sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Local,
    Utc,
}
