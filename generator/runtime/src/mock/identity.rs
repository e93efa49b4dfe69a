//! Generates object ids: the same seed yields the same ids.

use std::collections::HashMap;

use uuid::{Builder, Uuid};

/// A generator of ids.
pub(crate) struct Keys {
    state: u64,
    /// The last number of each collection.
    counts: HashMap<usize, u64>,
}

impl Keys {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed, counts: HashMap::new() }
    }

    /// Returns the next number of a collection, from 1. No number returns, even if its object is deleted.
    pub(crate) fn count(&mut self, collection: usize) -> u64 {
        let count = self.counts.entry(collection).or_default();
        *count += 1;
        *count
    }

    pub(crate) fn next(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.number().to_le_bytes());
        bytes[8..].copy_from_slice(&self.number().to_le_bytes());
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Returns the next number of `SplitMix64`.
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.state;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    }
}
