//! The base library's output, taken apart and completed: types with our docs, order and attributes, operations without
//! what this kind of client does not want.

use std::collections::BTreeMap;

use syn::{ImplItemFn, Item};

use crate::model::Api;

mod client;
mod fields;
mod paths;
mod types;

/// The parts that the emitters put into files.
pub(crate) struct Refined {
    /// The raw client, without operations.
    pub(crate) client: Vec<Item>,
    /// Its operations, by name.
    pub(crate) operations: BTreeMap<String, ImplItemFn>,
    /// The items that define each type, by its name.
    pub(crate) types: BTreeMap<String, Vec<Item>>,
}

/// Takes the base library's output apart; an error names what it lacks.
pub(crate) fn refine(file: syn::File, api: &Api) -> Result<Refined, String> {
    let mut refined = Refined { client: Vec::new(), operations: BTreeMap::new(), types: BTreeMap::new() };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                let items = module.content.map(|(_, items)| items).unwrap_or_default();
                refined.types = types::refine(items, api)?;
            }
            item => client::refine(item, &mut refined),
        }
    }
    Ok(refined)
}
