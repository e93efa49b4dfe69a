//! Moves operations with methods that OpenAPI 3.0 lacks to paths of their own: `/things#QUERY`.

use serde_yaml::{Mapping, Value as Yaml};

use crate::document::{OTHER_METHOD, SHARED};

pub(super) fn separate(paths: &mut Yaml) {
    let Yaml::Mapping(entries) = paths else { return };
    let mut separated = Mapping::new();
    for (path, mut item) in std::mem::take(entries) {
        let others = operations(&mut item);
        let shared: Mapping = item
            .as_mapping()
            .into_iter()
            .flatten()
            .filter(|(key, _)| key.as_str().is_some_and(|key| SHARED.contains(&key)))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let name = path.as_str().unwrap_or_default().to_owned();
        separated.insert(path, item);
        for (method, mut operation) in others {
            let key = format!("{name}#{method}");
            if let Yaml::Mapping(entries) = &mut operation {
                entries.insert(OTHER_METHOD.into(), method.into());
            }
            let mut own = shared.clone();
            own.insert("post".into(), operation);
            separated.insert(key.into(), Yaml::Mapping(own));
        }
    }
    *entries = separated;
}

/// Takes the operations with other methods out of a path.
fn operations(item: &mut Yaml) -> Vec<(String, Yaml)> {
    let Yaml::Mapping(entries) = item else { return Vec::new() };
    let query = entries.shift_remove("query").map(|operation| ("QUERY".to_owned(), operation));
    let others = entries.shift_remove("additionalOperations");
    let others = others.as_ref().and_then(Yaml::as_mapping).into_iter().flatten();
    let others = others.filter_map(|(method, operation)| Some((method.as_str()?.to_owned(), operation.clone())));
    query.into_iter().chain(others).collect()
}
