//! Adds the default of `explode` to encodings without it. The default depends on the style, but the document model
//! assumes false.

use serde_yaml::Value as Yaml;

use crate::document::METHODS;

pub(super) fn complete(document: &mut Yaml) {
    let shared = document.get_mut("components").and_then(|components| components.get_mut("requestBodies"));
    entries(shared).for_each(explode);
    for item in entries(document.get_mut("paths")) {
        for method in METHODS {
            if let Some(body) = item.get_mut(method).and_then(|operation| operation.get_mut("requestBody")) {
                explode(body);
            }
        }
    }
}

fn explode(body: &mut Yaml) {
    for media_type in entries(body.get_mut("content")) {
        for encoding in entries(media_type.get_mut("encoding")).filter_map(Yaml::as_mapping_mut) {
            let style = encoding.get("style").and_then(Yaml::as_str).unwrap_or("form");
            // A deep object has no other form.
            if matches!(style, "form" | "deepObject") && !encoding.contains_key("explode") {
                encoding.insert("explode".into(), true.into());
            }
        }
    }
}

fn entries(holder: Option<&mut Yaml>) -> impl Iterator<Item = &mut Yaml> {
    let entries = holder.and_then(Yaml::as_mapping_mut);
    entries.into_iter().flat_map(|entries| entries.values_mut())
}
