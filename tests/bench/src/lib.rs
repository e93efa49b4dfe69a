//! Shared parts of the benchmarks, including a hand-written peer of the client on the same libraries.

pub mod canned;
pub mod memory;
pub mod mock_server;
pub mod pair;
pub mod peer;
pub mod row;
pub mod unsent;

/// The envelope of every response.
#[derive(Debug, serde::Deserialize)]
pub struct Envelope<T> {
    /// Whether the call succeeded.
    pub success: Option<bool>,
    /// The payload.
    pub data: T,
    /// The position of the page, if the data is one.
    pub pagination: Option<peer::Pagination>,
}

/// Returns a single-threaded runtime: benchmarks measure work, not scheduling.
///
/// # Panics
/// If the system has no resources for it.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
