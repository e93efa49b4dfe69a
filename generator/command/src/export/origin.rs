//! Which program exports from where.

use secrecy::SecretString;

/// Where rows come from, and what brings them.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) program: &'a str,
    pub(crate) version: &'a str,
    pub(crate) api: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) spec_hash: &'a str,
    pub(crate) base_url: &'a str,
    /// Only its fingerprint is kept.
    pub(crate) key: &'a SecretString,
}
