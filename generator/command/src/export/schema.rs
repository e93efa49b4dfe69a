//! Maps a type of the API to a table of an SQLite database.

use std::collections::BTreeSet;

use clientsmith_runtime::api::{Kind, Object};
use clientsmith_runtime::mock::spec::MockSpec;
use jiff::Timestamp;
use rusqlite::types::Value;
use serde_json::value::RawValue;

use super::store::ExportedList;
use crate::json::{self, RawObject};
use crate::rows::cell;

/// The maximum depth of nested objects with columns of their own.
const DEPTH: usize = 8;
/// Additional columns of every table.
pub(super) const EXPORTED_AT: &str = "exported_at";
pub(super) const JSON: &str = "json";

pub(super) struct TableSchema {
    /// The quoted table name.
    table: String,
    /// The quoted primary key.
    pub(super) key: Option<String>,
    columns: Vec<SqlColumn>,
}

struct SqlColumn {
    name: String,
    /// The path of fields to the value.
    path: Vec<&'static str>,
    kind: Kind,
}

impl TableSchema {
    pub(super) fn of(spec: &'static MockSpec, list: ExportedList) -> Self {
        let mut columns = Vec::new();
        if let Kind::Named(name) = list.kind
            && let Some(object) = spec.api.object(name)
        {
            add_columns(&mut columns, spec, object, &[]);
        }
        distinguish(&mut columns);
        let key = list.key.and_then(|key| columns.iter().find(|column| column.path == [key]));
        Self { table: quoted(list.name), key: key.map(|key| quoted(&key.name)), columns }
    }

    /// Returns the statement that creates the table.
    pub(super) fn create(&self) -> String {
        let columns = self.columns.iter().map(|column| {
            let key = if self.key == Some(quoted(&column.name)) { " PRIMARY KEY" } else { "" };
            format!("{} {}{key}, ", quoted(&column.name), column.declared())
        });
        let columns: String = columns.collect();
        format!(
            "CREATE TABLE IF NOT EXISTS {} ({columns}{EXPORTED_AT} TEXT NOT NULL, {JSON} TEXT NOT NULL)",
            self.table
        )
    }

    /// Returns the statements that add missing columns to an existing table.
    pub(super) fn add_missing(&self, existing: &[String]) -> Vec<String> {
        let missing =
            self.columns.iter().filter(|column| !existing.iter().any(|name| name.eq_ignore_ascii_case(&column.name)));
        missing
            .map(|column| {
                format!("ALTER TABLE {} ADD COLUMN {} {}", self.table, quoted(&column.name), column.declared())
            })
            .collect()
    }

    /// Returns the statement that inserts a row, replacing a row with the same key.
    pub(super) fn upsert(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        let names: Vec<_> = names.iter().map(String::as_str).chain([EXPORTED_AT, JSON]).collect();
        let insert =
            format!("INSERT INTO {} ({}) VALUES (?{})", self.table, names.join(", "), ", ?".repeat(names.len() - 1));
        let Some(key) = &self.key else { return insert };
        let set: Vec<_> = names.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        format!("{insert} ON CONFLICT ({key}) DO UPDATE SET {}", set.join(", "))
    }

    /// Returns the values of a row, one per column of the type.
    pub(super) fn values(&self, row: &str) -> Vec<Value> {
        let Some(object) = RawObject::parse(row) else { return vec![Value::Null; self.columns.len()] };
        let value =
            |column: &SqlColumn| value_at(&object, &column.path).map_or(Value::Null, |found| column.value(found));
        self.columns.iter().map(value).collect()
    }

    pub(super) fn table(&self) -> &str {
        &self.table
    }
}

impl SqlColumn {
    fn declared(&self) -> &'static str {
        match self.kind {
            Kind::Boolean | Kind::Integer => "INTEGER",
            Kind::Number => "REAL",
            _ => "TEXT",
        }
    }

    fn value(&self, json: &RawValue) -> Value {
        let text = || cell::text(self.kind, json).into_owned();
        match self.kind {
            Kind::Boolean if matches!(json.get(), "true" | "false") => Value::Integer((json.get() == "true").into()),
            Kind::Integer => json.get().parse().map_or_else(|_| Value::Text(text()), Value::Integer),
            Kind::Number => json.get().parse().map_or_else(|_| Value::Text(text()), Value::Real),
            Kind::Timestamp => {
                let text = text();
                Value::Text(text.parse::<Timestamp>().map_or(text, |time| time.to_string()))
            }
            Kind::List(_) | Kind::Map(_) | Kind::File | Kind::Any => Value::Text(json::compact(json.get())),
            _ => Value::Text(text()),
        }
    }
}

/// Adds the fields of an object. A nested object with a list of its own adds only its key.
fn add_columns(columns: &mut Vec<SqlColumn>, spec: &'static MockSpec, object: &'static Object, path: &[&'static str]) {
    for field in object.fields {
        let path = [path, &[field.name]].concat();
        let inside = match field.kind {
            Kind::Named(name) if path.len() <= DEPTH => spec.api.object(name),
            _ => None,
        };
        let Some(inside) = inside else {
            columns.push(SqlColumn { name: path.join("_"), path, kind: field.kind });
            continue;
        };
        let Some(collection) = spec.collections.iter().find(|collection| collection.schema == inside.name) else {
            add_columns(columns, spec, inside, &path);
            continue;
        };
        let key = inside.fields.iter().find(|field| field.name == collection.key);
        let path = [path.as_slice(), &[collection.key]].concat();
        columns.push(SqlColumn { name: path.join("_"), path, kind: key.map_or(Kind::String, |key| key.kind) });
    }
}

/// Renames columns whose names are equal in SQLite. Fields of the type itself keep their names.
fn distinguish(columns: &mut [SqlColumn]) {
    let mut taken: BTreeSet<_> = [EXPORTED_AT.to_owned(), JSON.to_owned()].into();
    let mut order: Vec<_> = columns.iter_mut().collect();
    order.sort_by_key(|column| column.path.len());
    for column in order {
        while !taken.insert(column.name.to_ascii_lowercase()) {
            column.name.push('_');
        }
    }
}

fn value_at<'a>(object: &RawObject<'a>, path: &[&str]) -> Option<&'a RawValue> {
    let (field, rest) = path.split_first()?;
    let value = object.get(field).filter(|value| value.get() != "null")?;
    if rest.is_empty() { Some(value) } else { value_at(&RawObject::parse(value.get())?, rest) }
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
