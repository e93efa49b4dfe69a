//! Converts the items of streams, which OpenAPI 3.2 describes beside the whole body.

use serde_yaml::Value as Yaml;

use crate::media::{Media, media};

/// Describes the streams of a response by their items. The data of an event may be JSON inside a string.
pub(super) fn describe_items(response: &mut Yaml) {
    let content = response.get_mut("content").and_then(Yaml::as_mapping_mut);
    for (name, described) in content.into_iter().flat_map(|content| content.iter_mut()) {
        let kind = media(name.as_str().unwrap_or_default());
        let (Media::Events | Media::Lines(_), Yaml::Mapping(entries)) = (&kind, described) else { continue };
        let Some(items) = entries.shift_remove("itemSchema") else { continue };
        let data = items.get("properties").and_then(|fields| fields.get("data")?.get("contentSchema"));
        let schema = data.filter(|_| kind == Media::Events).cloned();
        entries.insert("schema".into(), schema.unwrap_or(items));
    }
}
