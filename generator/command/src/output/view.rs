//! The view of a type: style, columns and format. It is computed before the call.

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use super::escape;
use super::formatter::Formatter;
use super::grid::{GridColumn, LineWidth};
use super::style::{OutputFormat, Style};
use crate::inputs::Usage;
use crate::rows::{Columns, CsvLayout, selection};

/// The view for one or many values of a type.
pub(crate) struct View {
    pub(super) style: Style,
    pub(super) spec: &'static MockSpec,
    /// The type of a row.
    pub(super) kind: Kind,
    columns: Columns,
    /// The columns of a table; empty if a row is not an object.
    selected: Vec<usize>,
    pub(super) csv: CsvLayout,
    pub(super) formatter: Formatter,
}

impl View {
    /// Returns the view, or an error for an unknown column, before a request is sent.
    pub(crate) fn new(style: Style, spec: &'static MockSpec, kind: Option<Kind>) -> Result<Self, Usage> {
        if !style.columns.is_empty() && matches!(style.format, OutputFormat::Json | OutputFormat::Jsonl) {
            return Err(Usage("--columns is for tables and CSV: JSON contains all fields".to_owned()));
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

    /// Escapes control characters if the output is a terminal. Cells of tables are already escaped.
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
}
