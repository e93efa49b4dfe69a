//! The mock server, with responses that the test defines.

use std::net::SocketAddr;
use std::time::Duration;

use promotekit::mock::{self, Response};
use promotekit::{Client, ClientBuilder};
use tokio::runtime::Builder;

pub use promotekit::mock::Recorded;

/// The API key of every client in the suite.
pub const KEY: &str = "pk_live_Example7Secret";

/// Runs a future on a single-threaded runtime.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future.into_future())
}

/// Returns a client of a local server, without retries.
pub fn client(address: SocketAddr) -> Client {
    builder(address).build().expect("a client")
}

/// Returns the builder of such a client.
pub fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder(KEY).base_url(format!("http://{address}/api/v1")).max_retries(0)
}

/// Returns a client that times out after 700 ms and reads at most 64 bytes. A busy machine still delivers the request
/// in that time.
pub fn impatient(address: SocketAddr) -> Client {
    builder(address).timeout(Duration::from_millis(700)).max_response_bytes(64).build().expect("a client")
}

/// A response to send.
pub struct Reply(Response);

impl Reply {
    /// Creates a response with this status, media type and body.
    pub fn new(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self(Response::new(status, content_type, body.into()))
    }

    /// Creates a response with a JSON body.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// Adds a header.
    pub fn with(self, name: &'static str, value: &str) -> Self {
        Self(self.0.with(name, value))
    }
}

/// The server. It stops when it is dropped.
pub struct Server(mock::Server);

impl Server {
    /// Starts a server that sends these responses, one per request.
    pub fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = mock::builder().api_key(KEY).start().expect("a server");
        replies.into_iter().for_each(|Reply(response)| server.respond_next(response));
        Self(server)
    }

    /// Returns the server's address.
    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// Returns a client of the server.
    pub fn client(&self) -> Client {
        client(self.address())
    }

    /// Returns all requests so far.
    pub fn seen(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}
