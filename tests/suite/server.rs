//! The stand-in, answering with replies of the trial's own.

use std::net::SocketAddr;

use promotekit::mock::{self, Response};
use promotekit::{Client, ClientBuilder};
use tokio::runtime::Builder;

pub(crate) use promotekit::mock::Recorded;

/// The API key of every client in the suite.
pub(crate) const KEY: &str = "pk_live_Example7Secret";

/// Runs one future to its end, as a program with a single-threaded runtime would.
pub(crate) fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future.into_future())
}

/// A client of a local server, which sends every call once.
pub(crate) fn client(address: SocketAddr) -> Client {
    builder(address).build().expect("a client")
}

/// The settings of such a client.
pub(crate) fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder(KEY).base_url(format!("http://{address}/api/v1")).max_retries(0)
}

/// An answer to give.
pub(crate) struct Reply(Response);

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self(Response::new(status, content_type, body.into()))
    }

    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, "application/json", body)
    }

    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        Self(self.0.with(name, value))
    }
}

/// The server. It stops when it is dropped.
pub(crate) struct Server(mock::Server);

impl Server {
    pub(crate) fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = mock::builder().api_key(KEY).start().expect("a server");
        replies.into_iter().for_each(|Reply(answer)| server.respond_next(answer));
        Self(server)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address()
    }

    pub(crate) fn client(&self) -> Client {
        client(self.address())
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}
