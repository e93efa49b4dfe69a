//! Rows as records of texts, one for each column: what CSV is made of.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::columns::Columns;
use super::inputs::Usage;
use super::output::choice;
use super::{cell, json};
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

/// The column with what no other column has.
const EXTRA: &str = "extra";

/// What a record of a type holds: all columns and, as a JSON object, the fields of the row that are not documented.
pub(crate) struct Records {
    kind: Kind,
    columns: Columns,
    /// The chosen columns; everything if there are none.
    chosen: Vec<usize>,
    /// The name of the last column.
    extra: String,
}

impl Records {
    /// Everything.
    pub(crate) fn of(table: &'static MockSpec, kind: Kind) -> Self {
        let columns = Columns::of(table, kind);
        let mut extra = EXTRA.to_owned();
        while columns.columns.iter().any(|column| column.name == extra) {
            extra.insert(0, '_');
        }
        Self { kind, columns, chosen: Vec::new(), extra }
    }

    /// The columns of these names; everything if there are none.
    pub(crate) fn chosen(table: &'static MockSpec, kind: Kind, names: &[String]) -> Result<Self, Usage> {
        let all = Self::of(table, kind);
        let chosen = choice::chosen(&all.columns, names)?;
        Ok(Self { chosen, ..all })
    }

    pub(crate) fn header(&self) -> Vec<&str> {
        let columns = &self.columns.columns;
        if columns.is_empty() {
            return vec!["value"];
        }
        let mut names: Vec<_> = self.places().map(|place| columns[place].name.as_str()).collect();
        if self.chosen.is_empty() {
            names.push(&self.extra);
        }
        names
    }

    /// Amounts with all their digits, times as the API sent them.
    pub(crate) fn record<'a>(&self, row: &'a RawValue) -> Vec<Cow<'a, str>> {
        let columns = &self.columns.columns;
        if columns.is_empty() {
            return vec![cell::text(self.kind, row)];
        }
        let cells = self.columns.cells(row.get());
        let mut record: Vec<_> = self
            .places()
            .map(|place| cells[place].map(|value| cell::text(columns[place].kind, value)).unwrap_or_default())
            .collect();
        if self.chosen.is_empty() {
            record.push(self.extra(row).into());
        }
        record
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        let all = if self.chosen.is_empty() { 0..self.columns.columns.len() } else { 0..0 };
        self.chosen.iter().copied().chain(all)
    }

    /// Empty if there is nothing in it, as everything is that is absent.
    fn extra(&self, row: &RawValue) -> String {
        let fields: Vec<_> = self
            .columns
            .others(row.get())
            .into_iter()
            .map(|(name, value)| format!("{}:{}", serde_json::Value::String(name), json::compact(value.get())))
            .collect();
        if fields.is_empty() { String::new() } else { format!("{{{}}}", fields.join(",")) }
    }
}
