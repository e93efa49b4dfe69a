//! CSV: a header, then one record per row.

use std::io::{self, Read};

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use csv::{ByteRecord, Reader, Writer};
use serde_json::value::RawValue;

use super::known_keys::KnownKeys;
use crate::rows::CsvLayout;

pub(super) struct CsvCodec {
    layout: CsvLayout,
    header: ByteRecord,
}

impl CsvCodec {
    pub(super) fn of(spec: &'static MockSpec, kind: Kind) -> Self {
        let layout = CsvLayout::of(spec, kind);
        Self { header: layout.header().into(), layout }
    }

    pub(super) fn write_header(&self, out: &mut Vec<u8>) -> io::Result<()> {
        Ok(Writer::from_writer(out).write_byte_record(&self.header)?)
    }

    pub(super) fn write(&self, row: &str, out: &mut Vec<u8>) -> io::Result<()> {
        let row: &RawValue = serde_json::from_str(row)?;
        let mut writer = Writer::from_writer(out);
        for field in self.layout.record(row) {
            writer.write_field(field.as_bytes())?;
        }
        Ok(writer.write_record(None::<&[u8]>)?)
    }

    /// Returns the keys of the rows in a file; `None` if it has other columns.
    pub(super) fn keys(&self, from: impl Read, key: &str) -> io::Result<Option<KnownKeys>> {
        let mut reader = Reader::from_reader(from);
        let column = self.header.iter().position(|name| name == key.as_bytes());
        let has_same_columns = reader.byte_headers()? == &self.header;
        let mut known = KnownKeys::default();
        for record in reader.byte_records() {
            let record = record?;
            if let Some(key) = column.and_then(|column| record.get(column)).filter(|key| !key.is_empty()) {
                known.insert(key);
            }
        }
        Ok(has_same_columns.then_some(known))
    }
}
