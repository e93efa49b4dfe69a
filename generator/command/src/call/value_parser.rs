//! A clap parser for values of a type, which also offers completions.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

use super::value;

/// Parses a value into JSON.
#[derive(Clone, Copy)]
pub(crate) struct KindParser {
    pub(crate) spec: &'static MockSpec,
    pub(crate) kind: Kind,
}

impl TypedValueParser for KindParser {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        let Self { spec, kind } = *self;
        let parse = move |text: &str| value::json(spec, kind, text);
        TypedValueParser::parse_ref(&parse, command, argument, value)
    }

    /// Returns the known values. An open enumeration accepts others, too.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let known = known(self.spec, self.kind)?;
        Some(Box::new(known.iter().copied().map(PossibleValue::new)))
    }
}

fn known(spec: &'static MockSpec, kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Boolean => Some(&["true", "false"]),
        Kind::List(item) => known(spec, *item),
        Kind::Named(name) => spec.api.enumeration(name).map(|known| known.values),
        _ => None,
    }
}
