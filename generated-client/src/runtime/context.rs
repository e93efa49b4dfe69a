//! What the pipeline knows of the call that it works for.

use std::time::Duration;

use super::client::{Client, Shared};

/// Whose call it is, which operation, and how long an attempt may take.
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) operation: &'static str,
    pub(crate) timeout: Duration,
}

impl Context {
    pub(crate) fn shared(&self) -> &Shared {
        self.client.shared()
    }
}
