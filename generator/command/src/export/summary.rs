//! Counts and hashes the rows of a table.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::schema::{EXPORTED_AT, JSON, quoted};

/// The rows of a table from one export, and the number of other rows.
pub(super) struct Summary {
    pub(super) rows: u64,
    pub(super) earlier_rows: u64,
    pub(super) sha256: String,
}

impl Summary {
    pub(super) fn of(connection: &Connection, table: &str, key: Option<&str>, started: &str) -> rusqlite::Result<Self> {
        let table_name = quoted(table);
        let order = key.unwrap_or("rowid");
        let sql = format!("SELECT {JSON} FROM {table_name} WHERE {EXPORTED_AT} = ? ORDER BY {order}");
        let mut statement = connection.prepare(&sql)?;
        let mut found = statement.query([started])?;
        let (mut rows, mut hash) = (0, Sha256::new());
        while let Some(row) = found.next()? {
            let json = match row.get_ref(0)? {
                ValueRef::Text(json) | ValueRef::Blob(json) => json,
                _ => b"",
            };
            hash.update(json);
            hash.update(b"\n");
            rows += 1;
        }
        let sql = format!("SELECT count(*) FROM {table_name} WHERE {EXPORTED_AT} <> ?");
        let earlier_rows: i64 = connection.query_row(&sql, [started], |row| row.get(0))?;
        Ok(Self { rows, earlier_rows: earlier_rows.unsigned_abs(), sha256: format!("{:x}", hash.finalize()) })
    }

    pub(super) fn count(connection: &Connection, table: &str, started: &str) -> rusqlite::Result<u64> {
        let sql = format!("SELECT count(*) FROM {} WHERE {EXPORTED_AT} = ?", quoted(table));
        connection.query_row(&sql, [started], |row| row.get(0)).map(i64::unsigned_abs)
    }
}

/// Returns the quoted primary key of a table.
pub(super) fn key(connection: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk = 1";
    let name: Option<String> = connection.query_row(sql, [table], |row| row.get(0)).optional()?;
    Ok(name.map(|name| quoted(&name)))
}
