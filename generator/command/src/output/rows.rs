//! Rows, printed page by page as they come.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde_json::value::RawValue;

use super::grid::Grid;
use super::{Format, View, csv};
use crate::json;

/// A list that is being printed. Where it is not finished, as after an error, JSON has no end and is seen to be a part.
pub(crate) struct Rows<'a> {
    view: &'a View,
    out: &'a mut dyn Write,
    /// Whether anything has been printed.
    begun: bool,
    /// The layout of a table, made from the first page so that no other has to be waited for.
    grid: Option<Grid>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(view: &'a View, out: &'a mut dyn Write) -> Self {
        Self { view, out, begun: false, grid: None }
    }

    /// Prints a page.
    pub(crate) fn add(&mut self, rows: &[impl Borrow<RawValue>]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let text = self.page(rows)?;
        self.begun = true;
        self.print(text)
    }

    /// Ends what was begun. Gives the names of columns for which there was no room.
    pub(crate) fn finish(mut self) -> io::Result<Vec<String>> {
        let text = match self.view.style.format {
            Format::Json if self.begun => "\n]\n".to_owned(),
            Format::Json => "[]\n".to_owned(),
            Format::Table | Format::Csv if !self.begun => self.page::<&RawValue>(&[])?,
            _ => String::new(),
        };
        self.print(text)?;
        let hidden = self.grid.iter().flat_map(Grid::hidden);
        Ok(hidden.map(str::to_owned).collect())
    }

    fn print(&mut self, text: String) -> io::Result<()> {
        self.out.write_all(self.view.harmless(text).as_bytes())?;
        self.out.flush()
    }

    fn page<R: Borrow<RawValue>>(&mut self, rows: &[R]) -> io::Result<String> {
        let rows = rows.iter().map(Borrow::borrow);
        match self.view.style.format {
            Format::Table => Ok(self.table(rows)),
            Format::Json => Ok(self.json(rows)),
            Format::Jsonl => Ok(rows.map(|row| json::compact(row.get()) + "\n").collect()),
            Format::Csv => {
                let records = &self.view.records;
                let header = if self.begun { String::new() } else { csv::text([records.header()])? };
                Ok(header + &csv::text(rows.map(|row| records.record(row)))?)
            }
        }
    }

    /// The items of one array.
    fn json<'r>(&self, rows: impl Iterator<Item = &'r RawValue>) -> String {
        let mut text = String::new();
        for row in rows {
            let is_first = !self.begun && text.is_empty();
            text.push_str(if is_first { "[\n  " } else { ",\n  " });
            text.push_str(&json::pretty(row.get()).replace('\n', "\n  "));
        }
        text
    }

    fn table<'r>(&mut self, rows: impl Iterator<Item = &'r RawValue>) -> String {
        let view = self.view;
        let rows: Vec<_> = rows.map(|row| view.cells(row)).collect();
        let grid = self.grid.get_or_insert_with(|| Grid::new(view.heads(), &rows, view.room()));
        let mut text = if self.begun { String::new() } else { view.style.bold(&grid.header()) + "\n" };
        for row in &rows {
            text.push_str(&grid.line(row));
            text.push('\n');
        }
        text
    }
}
