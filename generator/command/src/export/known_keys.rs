//! The keys of the rows written so far, for skipping duplicates.

use std::borrow::Cow;
use std::collections::HashSet;

use clientsmith_runtime::api::Kind;
use sha2::{Digest, Sha256};

use crate::json::RawObject;
use crate::rows::cell;

/// The first 16 bytes of each key's hash: enough to avoid collisions, in bounded memory.
#[derive(Default)]
pub(super) struct KnownKeys(HashSet<[u8; 16]>);

impl KnownKeys {
    /// Adds a key; returns `false` if it is already known.
    pub(super) fn insert(&mut self, key: &[u8]) -> bool {
        self.0.insert(hash_prefix(key))
    }

    pub(super) fn contains(&self, key: &[u8]) -> bool {
        self.0.contains(&hash_prefix(key))
    }

    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }
}

fn hash_prefix(key: &[u8]) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(key).into();
    let mut prefix = [0; 16];
    prefix.copy_from_slice(&hash[..16]);
    prefix
}

/// Returns the key of a row.
pub(super) fn key_of<'a>(row: &'a str, field: &str) -> Option<Cow<'a, str>> {
    let value = RawObject::parse(row)?.get(field).filter(|value| value.get() != "null")?;
    Some(cell::text(Kind::String, value))
}
