//! Adds an empty description to responses without one, which the document model requires and many documents omit.

use serde_yaml::Value as Yaml;

const RESPONSES: &str = "responses";
const DESCRIPTION: &str = "description";

pub(super) fn complete(document: &mut Yaml) {
    describe(document.get_mut("components"));
    let items = document.get_mut("paths").and_then(Yaml::as_mapping_mut);
    for item in items.into_iter().flat_map(|items| items.values_mut()).filter_map(Yaml::as_mapping_mut) {
        item.values_mut().for_each(|operation| describe(Some(operation)));
    }
}

/// Describes the responses of an operation, or those of the components.
fn describe(holder: Option<&mut Yaml>) {
    let responses = holder.and_then(|holder| holder.get_mut(RESPONSES)).and_then(Yaml::as_mapping_mut);
    let responses = responses.into_iter().flat_map(|responses| responses.values_mut());
    for response in responses.filter_map(Yaml::as_mapping_mut) {
        if !response.contains_key(DESCRIPTION) && !response.contains_key("$ref") {
            response.insert(DESCRIPTION.into(), String::new().into());
        }
    }
}
