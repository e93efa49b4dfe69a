//! What is decided before a call is made: how its answer will be shown.

use std::io::{self, Write};

use serde_json::value::RawValue;

use super::fields::{Line, fields};
use super::grid::{Head, Room};
use super::shown::Shown;
use super::width::{pad, width};
use super::{Format, Rows, Style, choice, escape};
use crate::columns::Columns;
use crate::inputs::Usage;
use crate::records::Records;
use crate::{json, record};
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

/// How values of a type are shown, one or many.
pub(crate) struct View {
    pub(super) style: Style,
    table: &'static MockSpec,
    /// The type of a row.
    kind: Kind,
    columns: Columns,
    /// The columns of a table; none where a row is no object.
    places: Vec<usize>,
    pub(super) records: Records,
    shown: Shown,
}

impl View {
    /// A wrong choice of columns is found here, before anything is sent.
    pub(crate) fn new(style: Style, table: &'static MockSpec, kind: Option<Kind>) -> Result<Self, Usage> {
        if !style.columns.is_empty() && matches!(style.format, Format::Json | Format::Jsonl) {
            return Err(Usage("columns are for tables and CSV: JSON has everything that the API sent".to_owned()));
        }
        let kind = match kind {
            Some(Kind::List(item)) => *item,
            Some(kind) => kind,
            None => Kind::Any,
        };
        let columns = Columns::of(table, kind);
        let records = Records::chosen(table, kind, &style.columns)?;
        let places = match style.columns.as_slice() {
            [] => choice::usual(table, kind, &columns),
            names => choice::chosen(&columns, names)?,
        };
        let shown = Shown::new(style.times);
        Ok(Self { style, table, kind, columns, places, records, shown })
    }

    /// Begins to print rows.
    pub(crate) fn rows<'a>(&'a self, out: &'a mut dyn Write) -> Rows<'a> {
        Rows::new(self, out)
    }

    /// Prints one value, or the items of an array as rows. Gives the names of columns for which there was no room.
    pub(crate) fn value<'a>(&'a self, json: &str, out: &'a mut dyn Write) -> io::Result<Vec<String>> {
        let Ok(value) = serde_json::from_str::<&RawValue>(json) else {
            return self.print(escape::lines(json).trim_end(), out);
        };
        match (self.style.format, record::items(json)) {
            (Format::Json, _) => self.print(&json::pretty(value.get()), out),
            (_, Some(items)) => {
                let mut rows = self.rows(out);
                rows.add(&items)?;
                rows.finish()
            }
            (Format::Table, None) => self.print(&self.lines(value), out),
            (Format::Jsonl | Format::Csv, None) => {
                let mut rows = self.rows(out);
                rows.add(&[value])?;
                rows.finish()
            }
        }
    }

    fn print(&self, text: &str, out: &mut dyn Write) -> io::Result<Vec<String>> {
        let text = self.harmless(format!("{text}\n"));
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(Vec::new())
    }

    /// What programs read is changed only for a terminal.
    pub(super) fn harmless(&self, text: String) -> String {
        let is_harmless = self.style.width.is_none() || self.style.format == Format::Table;
        if is_harmless { text } else { escape::lines(&text).into_owned() }
    }

    /// The columns of a table.
    pub(super) fn heads(&self) -> Vec<Head> {
        let head = |name: &str, kind: Kind, is_key: bool| Head {
            name: name.to_owned(),
            right: matches!(kind, Kind::Decimal | Kind::Integer | Kind::Number),
            whole: is_key || !matches!(kind, Kind::String | Kind::Any | Kind::Named(_) | Kind::List(_) | Kind::Map(_)),
        };
        if self.places.is_empty() {
            return vec![head("value", self.kind, false)];
        }
        let columns = self.places.iter().filter_map(|place| self.columns.columns.get(*place));
        columns.map(|column| head(&column.name, column.kind, column.is_key)).collect()
    }

    /// A row of a table.
    pub(super) fn cells(&self, row: &RawValue) -> Vec<String> {
        if self.places.is_empty() {
            return vec![self.shown.text(self.kind, Some(row), None)];
        }
        let cells = self.columns.cells(row.get());
        let cell = |place: usize| cells.get(place).copied().flatten();
        let columns = self.places.iter().filter_map(|place| Some((*place, self.columns.columns.get(*place)?)));
        columns
            .map(|(place, column)| self.shown.text(column.kind, cell(place), column.currency.and_then(cell)))
            .collect()
    }

    pub(super) fn room(&self) -> Room {
        match self.style.width {
            Some(width) => Room::Line { width, all: !self.style.columns.is_empty() },
            None => Room::Endless,
        }
    }

    /// A table of one object.
    fn lines(&self, value: &RawValue) -> String {
        let mut lines = fields(&self.shown, self.table, self.kind, value);
        if let [(name, value)] = lines.as_slice()
            && name.is_empty()
        {
            return value.clone();
        }
        if !self.style.columns.is_empty() {
            lines = self.style.columns.iter().flat_map(|column| of(column, &lines)).collect();
        }
        let room = lines.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
        let lines: Vec<_> = lines
            .iter()
            .map(|(name, value)| {
                if value.is_empty() {
                    self.style.bold(name)
                } else {
                    let name = pad(name, room, false);
                    format!("{}  {value}", self.style.bold(&name))
                }
            })
            .collect();
        lines.join("\n")
    }
}

/// The lines that a column stands for: of a list, there are several.
fn of(column: &str, lines: &[Line]) -> Vec<Line> {
    let is_of =
        |name: &str| name.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let found: Vec<_> = lines.iter().filter(|(name, _)| is_of(name)).cloned().collect();
    if found.is_empty() { vec![(column.to_owned(), String::new())] } else { found }
}
