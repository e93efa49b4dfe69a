//! Removes callbacks before the document is read: clients serve none, and the document model rejects references to
//! them.

use serde_yaml::Value as Yaml;

const CALLBACKS: &str = "callbacks";

/// Returns whether there were any.
pub(super) fn forget(document: &mut Yaml) -> bool {
    let mut any = remove(document.get_mut("components"));
    let items = document.get_mut("paths").and_then(Yaml::as_mapping_mut);
    for item in items.into_iter().flat_map(|items| items.values_mut()).filter_map(Yaml::as_mapping_mut) {
        for operation in item.values_mut() {
            any |= remove(Some(operation));
        }
    }
    any
}

fn remove(holder: Option<&mut Yaml>) -> bool {
    holder.and_then(Yaml::as_mapping_mut).is_some_and(|holder| holder.remove(CALLBACKS).is_some())
}
