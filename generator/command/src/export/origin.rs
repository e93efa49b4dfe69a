//! The program, API and account of the exported rows.

use secrecy::SecretString;

/// The exporting program, the API and the account.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) program: &'a str,
    pub(crate) version: &'a str,
    pub(crate) api: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) spec_hash: &'a str,
    pub(crate) base_url: &'a str,
    /// Only its fingerprint is stored.
    pub(crate) key: &'a SecretString,
}
