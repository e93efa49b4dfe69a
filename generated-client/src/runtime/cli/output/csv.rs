//! Rows as records of a CSV file.

use std::borrow::Cow;
use std::io;

use serde_json::value::RawValue;

use super::choice;
use crate::runtime::cli::columns::Columns;
use crate::runtime::cli::inputs::Usage;
use crate::runtime::cli::{cell, json};
use crate::runtime::mock::table::{Kind, Table};

/// The column with what no other column has.
const EXTRA: &str = "extra";

/// What a record of a type holds: all columns and, as a JSON object, the fields of the row that are not documented.
pub(crate) struct Records {
    kind: Kind,
    columns: Columns,
    /// The chosen columns; everything if there are none.
    chosen: Vec<usize>,
}

impl Records {
    pub(crate) fn new(table: &'static Table, kind: Kind, names: &[String]) -> Result<Self, Usage> {
        let columns = Columns::of(table, kind);
        let chosen = choice::chosen(&columns, names)?;
        Ok(Self { kind, columns, chosen })
    }

    pub(crate) fn header(&self) -> Vec<&str> {
        let columns = &self.columns.columns;
        if columns.is_empty() {
            return vec!["value"];
        }
        let mut names: Vec<_> = self.places().map(|place| columns[place].name.as_str()).collect();
        if self.chosen.is_empty() {
            names.push(EXTRA);
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

/// Records as lines.
pub(crate) fn text<R: IntoIterator<Item: AsRef<str>>>(records: impl IntoIterator<Item = R>) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        for field in record {
            writer.write_field(field.as_ref())?;
        }
        writer.write_record(None::<&str>)?;
    }
    let lines = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(lines).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::cli::example::TABLE;

    #[track_caller]
    fn check(kind: Kind, chosen: &[&str], rows: &[&str], expected: &str) {
        let chosen: Vec<_> = chosen.iter().map(ToString::to_string).collect();
        let records = Records::new(&TABLE, kind, &chosen).unwrap();
        let rows: Vec<&RawValue> = rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
        let lines = text([records.header()]).unwrap() + &text(rows.iter().map(|row| records.record(row))).unwrap();
        assert_eq!(lines, expected);
    }

    const LINK: Kind = Kind::Named("Link");

    #[test]
    fn everything_is_in_a_record() {
        check(
            LINK,
            &[],
            &[r#"{"code":"ada","url":null}"#, r#"{"url":"a,\"b\"\nc","n": 1.00 ,"o":{"x": [1, 2]},"q\"":null}"#, "{}"],
            "url,code,extra\n\
             ,ada,\n\
             \"a,\"\"b\"\"\nc\",,\"{\"\"n\"\":1.00,\"\"o\"\":{\"\"x\"\":[1,2]},\"\"q\\\"\"\"\":null}\"\n\
             ,,\n",
        );
    }

    #[test]
    fn amounts_and_times_are_exact() {
        let row = r#"{"id":"1","amount":12345678901234567.890,"currency":"usd","made_at":"2025-03-03T10:15:59.5+02:00",
            "seller":{"email":"ada@example.com","team":{"id":"2","title":"x"}}}"#;
        check(
            Kind::Named("Sale"),
            &["made_at", "amount", "seller.email", "seller.team.id"],
            &[row],
            "made_at,amount,seller.email,seller.team.id\n\
             2025-03-03T10:15:59.5+02:00,12345678901234567.890,ada@example.com,2\n",
        );
    }

    #[test]
    fn values_that_are_no_objects_have_one_column() {
        check(Kind::Text, &[], &[r#""a,b""#, "\"c\""], "value\n\"a,b\"\nc\n");
        check(Kind::Any, &[], &[r#"{"a": 1}"#], "value\n\"{\"\"a\"\":1}\"\n");
        check(LINK, &[], &[], "url,code,extra\n");
    }
}
