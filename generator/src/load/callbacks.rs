//! Removes callbacks before the document is read: clients serve none, and the document model rejects references to
//! them.

use serde_yaml::Value as Yaml;

pub(super) fn forget(document: &mut Yaml) {
    remove(document.get_mut("components"));
    let items = document.get_mut("paths").and_then(Yaml::as_mapping_mut);
    for item in items.into_iter().flat_map(|items| items.values_mut()).filter_map(Yaml::as_mapping_mut) {
        item.values_mut().for_each(|operation| remove(Some(operation)));
    }
}

fn remove(holder: Option<&mut Yaml>) {
    if let Some(holder) = holder.and_then(Yaml::as_mapping_mut) {
        holder.remove("callbacks");
    }
}
