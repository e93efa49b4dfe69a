//! Converts rows to CSV records.

use std::borrow::Cow;

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use super::columns::Columns;
use super::{cell, selection};
use crate::inputs::Usage;
use crate::json;

/// The column with the undocumented fields.
const EXTRA: &str = "extra";

/// The columns of a CSV file: the columns of the type, then one with the undocumented fields as a JSON object.
pub(crate) struct CsvLayout {
    kind: Kind,
    columns: Columns,
    /// The selected columns; if empty, all columns.
    selected: Vec<usize>,
    /// The name of the last column, distinct from the others.
    extra: String,
}

impl CsvLayout {
    /// Returns the layout with all columns.
    pub(crate) fn of(spec: &'static MockSpec, kind: Kind) -> Self {
        let columns = Columns::of(spec, kind);
        let mut extra = EXTRA.to_owned();
        while columns.columns.iter().any(|column| column.name == extra) {
            extra.insert(0, '_');
        }
        Self { kind, columns, selected: Vec::new(), extra }
    }

    /// Returns the layout with these columns; without names, with all.
    pub(crate) fn with_columns(spec: &'static MockSpec, kind: Kind, names: &[String]) -> Result<Self, Usage> {
        let all = Self::of(spec, kind);
        let selected = selection::named(&all.columns, names)?;
        Ok(Self { selected, ..all })
    }

    pub(crate) fn header(&self) -> Vec<&str> {
        let columns = &self.columns.columns;
        if columns.is_empty() {
            return vec!["value"];
        }
        let mut names: Vec<_> = self.selected_columns().map(|column| columns[column].name.as_str()).collect();
        if self.selected.is_empty() {
            names.push(&self.extra);
        }
        names
    }

    /// Returns the record of a row: amounts with all digits, times as the API sent them.
    pub(crate) fn record<'a>(&self, row: &'a RawValue) -> Vec<Cow<'a, str>> {
        let columns = &self.columns.columns;
        if columns.is_empty() {
            return vec![cell::text(self.kind, row)];
        }
        let cells = self.columns.cells(row.get());
        let mut record: Vec<_> = self
            .selected_columns()
            .map(|column| cells[column].map(|value| cell::text(columns[column].kind, value)).unwrap_or_default())
            .collect();
        if self.selected.is_empty() {
            record.push(self.extra(row).into());
        }
        record
    }

    fn selected_columns(&self) -> impl Iterator<Item = usize> {
        let all = if self.selected.is_empty() { 0..self.columns.columns.len() } else { 0..0 };
        self.selected.iter().copied().chain(all)
    }

    /// Returns the undocumented fields of a row; empty if there are none.
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
