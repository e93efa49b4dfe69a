//! A local HTTP server that records every request and answers with canned replies in turn.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use promotekit::Client;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// The API key of every client in the suite.
pub(crate) const KEY: &str = "pk_live_Example7Secret";

/// Runs one future to its end, as a program with a single-threaded runtime would.
pub(crate) fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future.into_future())
}

/// A client of a local server.
pub(crate) fn client(address: SocketAddr) -> Client {
    Client::builder(KEY).base_url(format!("http://{address}/api/v1")).build().expect("a client")
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    /// The query as pairs of decoded texts.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    /// The body as JSON; `None` where there is no body.
    #[track_caller]
    pub(crate) fn json(&self) -> Option<Value> {
        (!self.body.is_empty()).then(|| serde_json::from_slice(&self.body).expect("the body is JSON"))
    }
}

/// An answer to give.
pub(crate) struct Reply(Response<Body>);

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        let body = Body::from(body.into());
        let reply = Response::builder().status(status).header("content-type", content_type).body(body);
        Self(reply.expect("a reply"))
    }

    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, "application/json", body)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.0.headers_mut().insert(name, value.parse().expect("a header value"));
        self
    }
}

/// The server. It stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    _runtime: Runtime,
}

struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    seen: Mutex<Vec<Recorded>>,
}

impl Server {
    pub(crate) fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let shared = Arc::new(Shared { replies: Mutex::new(replies.into_iter().collect()), seen: Mutex::default() });
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let bound = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0)));
        let listener = bound.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(shared.clone());
        runtime.spawn(async { axum::serve(listener, router).await });
        Self { address, shared, _runtime: runtime }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn client(&self) -> Client {
        client(self.address)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Recorded> {
        self.shared.seen.lock().expect("no panic in the server").clone()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
    let (path, query) = (head.uri.path().to_owned(), head.uri.query().map(str::to_owned));
    let recorded = Recorded { method: head.method.to_string(), path, query, headers: head.headers, body };
    shared.seen.lock().expect("no panic in the server").push(recorded);
    let reply = shared.replies.lock().expect("no panic in the server").pop_front();
    reply.unwrap_or_else(|| Reply::json(501, r#"{"success":false,"error":{"message":"no reply is left"}}"#)).0
}
