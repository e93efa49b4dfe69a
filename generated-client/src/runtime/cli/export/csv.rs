//! A line of cells for each row, below their names.

use std::io::{self, Read};

use csv::{ByteRecord, Reader, Writer};

use super::known::Known;
use crate::runtime::cli::cell;
use crate::runtime::cli::columns::Columns;
use crate::runtime::mock::table::{Kind, Table};

/// The name of the last column: the fields of a row that the API's document does not name, as a JSON object.
const EXTRA: &str = "extra";

pub(super) struct Sheet {
    columns: Columns,
    header: ByteRecord,
}

impl Sheet {
    pub(super) fn of(table: &'static Table, kind: Kind) -> Self {
        let columns = Columns::of(table, kind);
        let mut names: Vec<_> = columns.columns.iter().map(|column| column.name.clone()).collect();
        let mut extra = EXTRA.to_owned();
        while names.contains(&extra) {
            extra.insert(0, '_');
        }
        names.push(extra);
        Self { header: names.into(), columns }
    }

    pub(super) fn write_header(&self, out: &mut Vec<u8>) -> io::Result<()> {
        Ok(Writer::from_writer(out).write_byte_record(&self.header)?)
    }

    pub(super) fn write(&self, row: &str, out: &mut Vec<u8>) -> io::Result<()> {
        let mut writer = Writer::from_writer(out);
        for (column, value) in self.columns.columns.iter().zip(self.columns.cells(row)) {
            let text = value.map(|value| cell::text(column.kind, value)).unwrap_or_default();
            writer.write_field(text.as_bytes())?;
        }
        writer.write_field(self.extra(row))?;
        Ok(writer.write_record(None::<&[u8]>)?)
    }

    fn extra(&self, row: &str) -> String {
        let others = self.columns.others(row);
        if others.is_empty() {
            return String::new();
        }
        let fields = others.iter().map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }

    /// The keys of what was written; none if that has other columns.
    pub(super) fn keys(&self, from: impl Read, key: &str) -> io::Result<Option<Known>> {
        let mut reader = Reader::from_reader(from);
        let column = self.columns.columns.iter().position(|column| column.name == key);
        let has_same_columns = reader.byte_headers()? == &self.header;
        let mut known = Known::default();
        for record in reader.byte_records() {
            let record = record?;
            if let Some(key) = column.and_then(|column| record.get(column)).filter(|key| !key.is_empty()) {
                known.insert(key);
            }
        }
        Ok(has_same_columns.then_some(known))
    }
}
