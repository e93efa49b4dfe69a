//! One server and one client for all inputs of a property.

use promotekit::Client;
use promotekit::mock::{self, Recorded, Response};
use tests::server::{self, KEY};
use tokio::runtime::{Builder, Runtime};

/// A client, its mock server, and the runtime of its calls.
pub(super) struct Connection {
    runtime: Runtime,
    server: mock::Server,
    client: Client,
}

impl Connection {
    pub(super) fn open() -> Self {
        let server = mock::builder().api_key(KEY).without_rate_limit().start().expect("a server");
        let client = server::builder(server.address()).without_rate_limit().build().expect("a client");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { runtime, server, client }
    }

    /// Makes a call, to which the server sends this response.
    pub(super) fn call<R: IntoFuture>(&self, response: Response, call: impl FnOnce(&Client) -> R) -> R::Output {
        self.server.respond_next(response);
        self.runtime.block_on(call(&self.client).into_future())
    }

    /// Returns the last request.
    pub(super) fn last_request(&self) -> Recorded {
        self.server.requests().pop().expect("a request")
    }
}
