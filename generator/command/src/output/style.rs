//! How responses are printed.

/// How answers are to be written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: OutputFormat,
    pub(crate) zone: Zone,
    /// How wide the terminal is; none where the output goes elsewhere.
    pub(crate) width: Option<usize>,
    pub(crate) colour: bool,
    /// The columns to show, by their dotted names; all that fit if there are none.
    pub(crate) columns: Vec<String>,
}

impl Style {
    /// A text that stands out, such as the name of a column.
    pub(crate) fn bold(&self, text: &str) -> String {
        let style = if self.colour { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        format!("{style}{text}{style:#}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    Table,
    /// One document: an array, where there are rows.
    Json,
    /// A line for each row.
    Jsonl,
    Csv,
}

/// Where the clock hangs that times in tables are read from. Other formats have them as the API sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Local,
    Utc,
}
