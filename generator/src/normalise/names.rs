//! Renames schema components to the names of their Rust types.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use super::inline::each_root;
use crate::config::Rename;
use crate::document::{Child, component_name, descend, schema_reference};
use crate::naming::{Names, type_name};

pub(super) fn adapt(openapi: &mut OpenAPI, rename: &Rename) {
    let Some(components) = &mut openapi.components else { return };
    let renamed: IndexMap<String, String> = renamed(components.schemas.keys(), rename);
    if renamed.is_empty() {
        return;
    }
    components.schemas = std::mem::take(&mut components.schemas)
        .into_iter()
        .map(|(name, schema)| (renamed.get(&name).cloned().unwrap_or(name), schema))
        .collect();
    let rename_reference = |reference: &mut String| {
        if let Some(new) = component_name::<openapiv3::Schema>(reference).and_then(|name| renamed.get(name)) {
            *reference = schema_reference(new);
        }
    };
    let mut rename = |child: Child<'_>| match child {
        Child::Reference(reference) => rename_reference(reference),
        Child::Schema(schema) => {
            let mapping =
                schema.schema_data.discriminator.iter_mut().flat_map(|discriminator| &mut discriminator.mapping);
            mapping.for_each(|(_, target)| rename_reference(target));
        }
    };
    each_root(openapi, &mut |_, root| match root {
        Child::Schema(schema) => descend(schema, &mut rename),
        reference @ Child::Reference(_) => rename(reference),
    });
}

/// Returns the new names of components that change. Equal names get a number.
fn renamed<'a>(names: impl Iterator<Item = &'a String> + Clone, rename: &Rename) -> IndexMap<String, String> {
    let wanted = |name: &str| rename.type_name(type_name(name));
    // Unchanged names take precedence.
    let mut taken = Names::of(names.clone().filter(|name| wanted(name) == **name));
    let changing = names.filter(|name| wanted(name) != **name);
    changing.map(|name| (name.clone(), taken.numbered(&wanted(name)))).collect()
}
