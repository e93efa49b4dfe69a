//! A value as clap reads it: checked by its type, and with what completions can offer.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

use super::value;
use crate::runtime::mock::table::{Kind, Table};

/// Reads a value of a type as its JSON.
#[derive(Clone, Copy)]
pub(crate) struct Typed {
    pub(crate) table: &'static Table,
    pub(crate) kind: Kind,
}

impl TypedValueParser for Typed {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        let Self { table, kind } = *self;
        let parse = move |text: &str| value::json(table, kind, text);
        TypedValueParser::parse_ref(&parse, command, argument, value)
    }

    /// What is known. An open enumeration takes other values, too.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let known = known(self.table, self.kind)?;
        Some(Box::new(known.iter().copied().map(PossibleValue::new)))
    }
}

fn known(table: &'static Table, kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Boolean => Some(&["true", "false"]),
        Kind::List(item) => known(table, *item),
        Kind::Named(name) => table.enumeration(name).map(|known| known.values),
        _ => None,
    }
}
