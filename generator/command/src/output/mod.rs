//! What a call answered, written for people (a table) or for programs (JSON, JSON lines, CSV).

pub(crate) mod choice;
pub(crate) mod csv;
pub(crate) mod escape;
pub(crate) mod fields;
pub(crate) mod grid;
pub(crate) mod money;
pub(crate) mod rows;
pub(crate) mod shown;
pub(crate) mod view;
pub(crate) mod width;

#[cfg(test)]
mod tests;

pub(crate) use rows::Rows;
pub(crate) use shown::Shown;
pub(crate) use view::View;

/// How answers are to be written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) times: Times,
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
pub(crate) enum Format {
    Table,
    /// One document: an array, where there are rows.
    Json,
    /// A line for each row.
    Jsonl,
    Csv,
}

/// Where the clock hangs that times in tables are read from. Other formats have them as the API sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    Local,
    Utc,
}
