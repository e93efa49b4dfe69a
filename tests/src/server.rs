//! The mock server, sending replies of the test's own.

use std::net::SocketAddr;
use std::time::Duration;

use promotekit::mock::{self, Response};
use promotekit::{Client, ClientBuilder};
use tokio::runtime::Builder;

pub use promotekit::mock::Recorded;

/// The API key of every client in the suite.
pub const KEY: &str = "pk_live_Example7Secret";

/// Runs one future to its end, as a program with a single-threaded runtime would.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future.into_future())
}

/// A client of a local server, which sends every call once.
pub fn client(address: SocketAddr) -> Client {
    builder(address).build().expect("a client")
}

/// The settings of such a client.
pub fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder(KEY).base_url(format!("http://{address}/api/v1")).max_retries(0)
}

/// A client that waits for 700 milliseconds, long enough for a busy machine to hand the request over, and reads 64 bytes.
pub fn impatient(address: SocketAddr) -> Client {
    builder(address).timeout(Duration::from_millis(700)).max_response_bytes(64).build().expect("a client")
}

/// A response to give.
pub struct Reply(Response);

impl Reply {
    /// With this status, type and body.
    pub fn new(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self(Response::new(status, content_type, body.into()))
    }

    /// With a JSON body.
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
    /// A server that gives these responses, one for each request.
    pub fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = mock::builder().api_key(KEY).start().expect("a server");
        replies.into_iter().for_each(|Reply(response)| server.respond_next(response));
        Self(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        client(self.address())
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}
