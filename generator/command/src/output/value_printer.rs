//! Prints one value.

use std::io::{self, Write};

use serde_json::value::RawValue;

use super::escape;
use super::fields::{FieldLine, fields};
use super::row_printer::RowPrinter;
use super::style::OutputFormat;
use super::view::View;
use super::width::{pad, width};
use crate::json;

/// Prints one value, or the items of an array as rows. Returns the names of hidden columns.
pub(crate) fn print_value(view: &View, json: &str, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let Ok(value) = serde_json::from_str::<&RawValue>(json) else {
        return print(view, escape::lines(json).trim_end(), out);
    };
    match (view.style.format, json::array_items(json)) {
        (OutputFormat::Json, _) => print(view, &json::pretty(value.get()), out),
        (_, Some(items)) => print_rows(view, &items, out),
        (OutputFormat::Table, None) => print(view, &field_table(view, value), out),
        (OutputFormat::Jsonl | OutputFormat::Csv, None) => print_rows(view, &[value], out),
    }
}

fn print_rows(view: &View, rows: &[&RawValue], out: &mut dyn Write) -> io::Result<Vec<String>> {
    let mut printer = RowPrinter::new(view, out);
    printer.add(rows)?;
    printer.finish()
}

fn print(view: &View, text: &str, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let text = view.escaped(format!("{text}\n"));
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Vec::new())
}

/// Formats an object with one line per field.
fn field_table(view: &View, value: &RawValue) -> String {
    let mut lines = fields(&view.formatter, view.spec, view.kind, value);
    if let [(name, value)] = lines.as_slice()
        && name.is_empty()
    {
        return value.clone();
    }
    if !view.style.columns.is_empty() {
        lines = view.style.columns.iter().flat_map(|column| lines_of(column, &lines)).collect();
    }
    let name_width = lines.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    let lines: Vec<_> = lines
        .iter()
        .map(|(name, value)| {
            if value.is_empty() {
                view.style.bold(name)
            } else {
                let name = pad(name, name_width, false);
                format!("{}  {value}", view.style.bold(&name))
            }
        })
        .collect();
    lines.join("\n")
}

/// Returns the lines of a column; a list has several.
fn lines_of(column: &str, lines: &[FieldLine]) -> Vec<FieldLine> {
    let is_of =
        |name: &str| name.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let found: Vec<_> = lines.iter().filter(|(name, _)| is_of(name)).cloned().collect();
    if found.is_empty() { vec![(column.to_owned(), String::new())] } else { found }
}
