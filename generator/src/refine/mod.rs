//! Splits progenitor's output by type, and completes the types with docs, field order and attributes.

use std::collections::BTreeMap;

use syn::Item;

use crate::model::Api;

mod fields;
mod paths;
mod types;

/// The parts that the emitters put into files.
pub(crate) struct Refined {
    /// The items that define each type, by its name.
    pub(crate) types: BTreeMap<String, Vec<Item>>,
}

/// Splits progenitor's output by type. The error names a missing item.
pub(crate) fn refine(file: syn::File, api: &Api) -> Result<Refined, String> {
    let modules = file.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let types = types::refine(modules.flat_map(|(_, items)| items).collect(), api)?;
    Ok(Refined { types })
}
