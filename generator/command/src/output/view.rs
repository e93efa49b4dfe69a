//! What is decided before a call is made: how its answer will be shown.

use std::io::{self, Write};

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use super::escape;
use super::fields::{FieldLine, fields};
use super::formatter::Formatter;
use super::grid::{GridColumn, LineWidth};
use super::row_printer::RowPrinter;
use super::style::{OutputFormat, Style};
use super::width::{pad, width};
use crate::inputs::Usage;
use crate::json;
use crate::rows::Columns;
use crate::rows::CsvLayout;
use crate::rows::selection;

/// How values of a type are shown, one or many.
pub(crate) struct View {
    pub(super) style: Style,
    spec: &'static MockSpec,
    /// The type of a row.
    kind: Kind,
    columns: Columns,
    /// The columns of a table; none where a row is no object.
    selected: Vec<usize>,
    pub(super) csv: CsvLayout,
    formatter: Formatter,
}

impl View {
    /// A wrong choice of columns is found here, before anything is sent.
    pub(crate) fn new(style: Style, spec: &'static MockSpec, kind: Option<Kind>) -> Result<Self, Usage> {
        if !style.columns.is_empty() && matches!(style.format, OutputFormat::Json | OutputFormat::Jsonl) {
            return Err(Usage("columns are for tables and CSV: JSON has everything that the API sent".to_owned()));
        }
        let kind = match kind {
            Some(Kind::List(item)) => *item,
            Some(kind) => kind,
            None => Kind::Any,
        };
        let columns = Columns::of(spec, kind);
        let csv = CsvLayout::with_columns(spec, kind, &style.columns)?;
        let selected = match style.columns.as_slice() {
            [] => selection::default_columns(spec, kind, &columns),
            names => selection::named(&columns, names)?,
        };
        let formatter = Formatter::new(style.zone);
        Ok(Self { style, spec, kind, columns, selected, csv, formatter })
    }

    /// Begins to print rows.
    pub(crate) fn rows<'a>(&'a self, out: &'a mut dyn Write) -> RowPrinter<'a> {
        RowPrinter::new(self, out)
    }

    /// Prints one value, or the items of an array as rows. Gives the names of columns for which there was no room.
    pub(crate) fn value<'a>(&'a self, json: &str, out: &'a mut dyn Write) -> io::Result<Vec<String>> {
        let Ok(value) = serde_json::from_str::<&RawValue>(json) else {
            return self.print(escape::lines(json).trim_end(), out);
        };
        match (self.style.format, json::array_items(json)) {
            (OutputFormat::Json, _) => self.print(&json::pretty(value.get()), out),
            (_, Some(elements)) => {
                let mut rows = self.rows(out);
                rows.add(&elements)?;
                rows.finish()
            }
            (OutputFormat::Table, None) => self.print(&self.lines(value), out),
            (OutputFormat::Jsonl | OutputFormat::Csv, None) => {
                let mut rows = self.rows(out);
                rows.add(&[value])?;
                rows.finish()
            }
        }
    }

    fn print(&self, text: &str, out: &mut dyn Write) -> io::Result<Vec<String>> {
        let text = self.escaped(format!("{text}\n"));
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(Vec::new())
    }

    /// What programs read is changed only for a terminal.
    pub(super) fn escaped(&self, text: String) -> String {
        let is_harmless = self.style.width.is_none() || self.style.format == OutputFormat::Table;
        if is_harmless { text } else { escape::lines(&text).into_owned() }
    }

    /// The columns of a table.
    pub(super) fn grid_columns(&self) -> Vec<GridColumn> {
        let grid_column = |name: &str, kind: Kind, is_key: bool| GridColumn {
            name: name.to_owned(),
            right: matches!(kind, Kind::Decimal | Kind::Integer | Kind::Number),
            whole: is_key || !matches!(kind, Kind::String | Kind::Any | Kind::Named(_) | Kind::List(_) | Kind::Map(_)),
        };
        if self.selected.is_empty() {
            return vec![grid_column("value", self.kind, false)];
        }
        let columns = self.selected.iter().filter_map(|position| self.columns.columns.get(*position));
        columns.map(|column| grid_column(&column.name, column.kind, column.is_key)).collect()
    }

    /// A row of a table.
    pub(super) fn cells(&self, row: &RawValue) -> Vec<String> {
        if self.selected.is_empty() {
            return vec![self.formatter.text(self.kind, Some(row), None)];
        }
        let cells = self.columns.cells(row.get());
        let cell = |position: usize| cells.get(position).copied().flatten();
        let columns =
            self.selected.iter().filter_map(|position| Some((*position, self.columns.columns.get(*position)?)));
        columns
            .map(|(position, column)| self.formatter.text(column.kind, cell(position), column.currency.and_then(cell)))
            .collect()
    }

    pub(super) fn line_width(&self) -> LineWidth {
        match self.style.width {
            Some(width) => LineWidth::Limited { width, all: !self.style.columns.is_empty() },
            None => LineWidth::Unlimited,
        }
    }

    /// A table of one object.
    fn lines(&self, value: &RawValue) -> String {
        let mut lines = fields(&self.formatter, self.spec, self.kind, value);
        if let [(name, value)] = lines.as_slice()
            && name.is_empty()
        {
            return value.clone();
        }
        if !self.style.columns.is_empty() {
            lines = self.style.columns.iter().flat_map(|column| of(column, &lines)).collect();
        }
        let line_width = lines.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
        let lines: Vec<_> = lines
            .iter()
            .map(|(name, value)| {
                if value.is_empty() {
                    self.style.bold(name)
                } else {
                    let name = pad(name, line_width, false);
                    format!("{}  {value}", self.style.bold(&name))
                }
            })
            .collect();
        lines.join("\n")
    }
}

/// The lines that a column stands for: of a list, there are several.
fn of(column: &str, lines: &[FieldLine]) -> Vec<FieldLine> {
    let is_of =
        |name: &str| name.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let found: Vec<_> = lines.iter().filter(|(name, _)| is_of(name)).cloned().collect();
    if found.is_empty() { vec![(column.to_owned(), String::new())] } else { found }
}
