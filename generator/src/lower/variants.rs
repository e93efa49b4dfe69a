//! Turns known values into variants.

use std::collections::HashSet;

use openapiv3::Schema;

use crate::config::Rename;
use crate::kind::KnownValues;
use crate::model::Variant;
use crate::naming::{Names, upper_camel};

/// Extensions that name the values of an enumeration.
const VALUE_NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

/// Returns a variant for each known value.
pub(super) fn variants(rename: &Rename, holder: &str, schema: &Schema, values: &KnownValues) -> Vec<Variant> {
    let mut names = Names::of(["Unknown"]);
    let given = VALUE_NAMES.iter().find_map(|extension| schema.schema_data.extensions.get(*extension)?.as_array());
    let given = given.filter(|given| given.len() == values.texts.len());
    let variant = |(index, wire): (usize, &String)| {
        let given = given.and_then(|given| given[index].as_str());
        let usual = || given.map_or_else(|| variant_name(wire, values.integers), upper_camel);
        let name = rename.variant(holder, wire).unwrap_or_else(usual);
        Variant { name: names.unused(&name), wire: wire.clone() }
    };
    // Some documents list a value twice.
    let mut seen = HashSet::new();
    values.texts.iter().enumerate().filter(|(_, wire)| seen.insert(*wire)).map(variant).collect()
}

fn variant_name(wire: &str, is_integer: bool) -> String {
    match wire.strip_prefix('-') {
        Some(size) if is_integer => format!("Minus{size}"),
        None if is_integer => format!("Value{wire}"),
        _ => upper_camel(wire),
    }
}
