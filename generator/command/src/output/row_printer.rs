//! Prints rows page by page.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde_json::value::RawValue;

use super::csv;
use super::grid::Grid;
use super::style::OutputFormat;
use super::view::View;
use crate::json;

/// Prints a list. Without `finish`, as after an error, a JSON array is not closed, so its reader knows that it is
/// incomplete.
pub(crate) struct RowPrinter<'a> {
    view: &'a View,
    out: &'a mut dyn Write,
    /// Whether anything has been printed.
    started: bool,
    /// The layout of a table. It is computed from the first page, which is printed at once.
    grid: Option<Grid>,
}

impl<'a> RowPrinter<'a> {
    pub(crate) fn new(view: &'a View, out: &'a mut dyn Write) -> Self {
        Self { view, out, started: false, grid: None }
    }

    /// Prints a page.
    pub(crate) fn add(&mut self, rows: &[impl Borrow<RawValue>]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let text = self.page(rows)?;
        self.started = true;
        self.print(text)
    }

    /// Ends the output. Returns the names of hidden columns.
    pub(crate) fn finish(mut self) -> io::Result<Vec<String>> {
        let text = match self.view.style.format {
            OutputFormat::Json if self.started => "\n]\n".to_owned(),
            OutputFormat::Json => "[]\n".to_owned(),
            OutputFormat::Table | OutputFormat::Csv if !self.started => self.page::<&RawValue>(&[])?,
            _ => String::new(),
        };
        self.print(text)?;
        let hidden = self.grid.iter().flat_map(Grid::hidden);
        Ok(hidden.map(str::to_owned).collect())
    }

    fn print(&mut self, text: String) -> io::Result<()> {
        self.out.write_all(self.view.escaped(text).as_bytes())?;
        self.out.flush()
    }

    fn page<R: Borrow<RawValue>>(&mut self, rows: &[R]) -> io::Result<String> {
        let rows = rows.iter().map(Borrow::borrow);
        match self.view.style.format {
            OutputFormat::Table => Ok(self.table(rows)),
            OutputFormat::Json => Ok(self.json(rows)),
            OutputFormat::Jsonl => Ok(rows.map(|row| json::compact(row.get()) + "\n").collect()),
            OutputFormat::Csv => {
                let csv = &self.view.csv;
                let header = if self.started { String::new() } else { csv::lines([csv.header()])? };
                Ok(header + &csv::lines(rows.map(|row| csv.record(row)))?)
            }
        }
    }

    /// Formats rows as items of one array.
    fn json<'r>(&self, rows: impl Iterator<Item = &'r RawValue>) -> String {
        let mut text = String::new();
        for row in rows {
            let is_first = !self.started && text.is_empty();
            text.push_str(if is_first { "[\n  " } else { ",\n  " });
            text.push_str(&json::pretty(row.get()).replace('\n', "\n  "));
        }
        text
    }

    fn table<'r>(&mut self, rows: impl Iterator<Item = &'r RawValue>) -> String {
        let view = self.view;
        let rows: Vec<_> = rows.map(|row| view.cells(row)).collect();
        let grid = self.grid.get_or_insert_with(|| Grid::new(view.grid_columns(), &rows, view.line_width()));
        let mut text = if self.started { String::new() } else { view.style.bold(&grid.header()) + "\n" };
        for row in &rows {
            text.push_str(&grid.line(row));
            text.push('\n');
        }
        text
    }
}
