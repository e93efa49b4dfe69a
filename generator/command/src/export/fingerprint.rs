//! Recognizes an API key without storing it.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A salt, and the beginning of the SHA-256 of salt and key, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    salt: String,
    sha256_begins: String,
}

impl Fingerprint {
    /// Returns a fingerprint with a new salt.
    pub(super) fn of(key: &SecretString) -> Self {
        Self::salted(format!("{:032x}", fastrand::u128(..)), key)
    }

    pub(super) fn is_of(&self, key: &SecretString) -> bool {
        *self == Self::salted(self.salt.clone(), key)
    }

    fn salted(salt: String, key: &SecretString) -> Self {
        let hash = Sha256::new().chain_update(&salt).chain_update(key.expose_secret()).finalize();
        let mut sha256_begins = format!("{hash:x}");
        sha256_begins.truncate(16);
        Self { salt, sha256_begins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_recognized_and_not_stored() {
        let (key, other) = (SecretString::from("pk_live_secret"), SecretString::from("pk_live_other"));
        let fingerprint = Fingerprint::of(&key);
        assert!(fingerprint.is_of(&key) && !fingerprint.is_of(&other));
        assert_ne!(fingerprint, Fingerprint::of(&key), "the salt is another one");
        assert!(!serde_json::to_string(&fingerprint).unwrap().contains("secret"));
    }
}
