//! The keys of objects: UUIDs, also for ids that are other strings or integers.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;
use uuid::Uuid;

use super::identity::Keys;
use super::spec::{Collection, MockSpec};
use super::store::Store;
use crate::api::Kind;

/// Returns the key for an id.
pub(crate) fn of(id: &Value) -> Option<Uuid> {
    match id {
        Value::String(text) => Some(Uuid::try_parse(text).unwrap_or_else(|_| hashed(text))),
        Value::Number(number) => Some(hashed(&number.to_string())),
        _ => None,
    }
}

/// Returns an unused id of the collection's type, and its key. Integers are numbered from 1.
pub(crate) fn unused(spec: &MockSpec, store: &Store, collection: usize, keys: &mut Keys) -> (Value, Uuid) {
    let Collection { schema, key: name, .. } = store.collection(collection);
    let field = spec.api.object(schema).and_then(|object| object.fields.iter().find(|field| field.name == *name));
    if !field.is_some_and(|field| matches!(field.kind, Kind::Integer)) {
        let key = keys.next();
        return (Value::from(key.to_string()), key);
    }
    loop {
        let id = Value::from(keys.count(collection));
        if let Some(key) = of(&id).filter(|key| store.get(collection, *key).is_none()) {
            return (id, key);
        }
    }
}

fn hashed(text: &str) -> Uuid {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, text).hash(&mut hasher);
        hasher.finish()
    };
    Uuid::from_u64_pair(half(0), half(1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_of_all_types_have_keys() {
        let uuid = "0a565296-4e53-477d-b118-b89e25e1af62";
        assert_eq!(of(&json!(uuid)).map(|key| key.to_string()).as_deref(), Some(uuid));
        assert_eq!(of(&json!(7)), of(&json!("7")));
        assert_ne!(of(&json!("a")), of(&json!("b")));
        assert_eq!(of(&json!(null)), None);
    }
}
