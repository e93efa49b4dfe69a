//! What the client is measured with: beside it stands the same work, written by hand on the same libraries.

pub mod canned;
pub mod memory;
pub mod mock_server;
pub mod pair;
pub mod peer;
pub mod row;
pub mod unsent;

/// What stands around the data of every response.
#[derive(Debug, serde::Deserialize)]
pub struct Envelope<T> {
    /// Whether the call succeeded.
    pub success: Option<bool>,
    /// What the response is about.
    pub data: T,
    /// Where a page stands, if the data is one.
    pub pagination: Option<peer::Pagination>,
}

/// A runtime of one thread: what is measured is work, not how it is spread.
///
/// # Panics
/// If the system gives no resources for it.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
