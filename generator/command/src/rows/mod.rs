//! Converts JSON rows to cells in columns.

pub(crate) mod cell;
mod columns;
mod csv;
pub(crate) mod selection;

pub(crate) use columns::{CURRENCY, Columns};
pub(crate) use csv::CsvLayout;
