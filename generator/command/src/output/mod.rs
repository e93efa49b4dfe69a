//! Prints response bodies as a table for people, or as JSON, JSON lines or CSV for programs.

mod csv;
mod escape;
mod fields;
mod formatter;
mod grid;
mod money;
mod row_printer;
mod style;
#[cfg(test)]
mod tests;
mod value_printer;
mod view;
mod width;

pub(crate) use escape::line as escape_line;
pub(crate) use formatter::Formatter;
pub(crate) use row_printer::RowPrinter;
pub(crate) use style::{OutputFormat, Style, Zone};
pub(crate) use value_printer::print_value;
pub(crate) use view::View;
pub(crate) use width::cut;
