//! The server: a thread of its own with a runtime of its own, so that it serves tests of every kind.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming as Body;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Map, Value};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::engine::{Engine, Incoming};
use super::identity::Keys;
use super::limit::Allowance;
use super::objects::Draft;
use super::seed::{Seed, SeedError};
use super::store::Store;
use super::table::Table;
use crate::runtime::{Client, ClientBuilder};

/// The key that the server takes, unless it is told another one.
const API_KEY: &str = "mock-api-key";
/// The largest request body that is read.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// A stand-in for the API that runs in this process and keeps its objects in memory.
///
/// What is created is there when it is read later; requests are checked as strictly as the documentation says. It stops when it is
/// dropped.
pub struct Server {
    table: &'static Table,
    address: SocketAddr,
    api_key: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Settings of a [`Server`].
#[derive(Clone)]
#[must_use = "settings do nothing until `start` is called"]
pub struct ServerBuilder {
    table: &'static Table,
    api_key: String,
    port: u16,
    seed: u64,
    limited: bool,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The operation as the API's documentation names it; `None` if the request is for none.
    pub operation: Option<&'static str>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub query: Option<String>,
    /// Every header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// When it had arrived whole.
    pub at: Instant,
    /// The status of the answer.
    pub status: u16,
}

struct Shared {
    engine: Mutex<Engine>,
    log: Mutex<Vec<Recorded>>,
}

impl std::fmt::Debug for ServerBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerBuilder").field("port", &self.port).field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl ServerBuilder {
    pub(crate) fn new(table: &'static Table) -> Self {
        Self { table, api_key: API_KEY.to_owned(), port: 0, seed: 0, limited: true }
    }

    /// The API key that the server takes. `mock-api-key` unless set.
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = api_key.into();
        self
    }

    /// The port to listen on. A free one unless set.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// What new ids are made from: the same seed gives the same ids. 0 unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Takes any number of requests, in place of as many as the API takes in its window of time.
    pub fn without_rate_limit(mut self) -> Self {
        self.limited = false;
        self
    }

    /// Starts the server. Fails if the port is in use or no thread can be started.
    pub fn start(self) -> std::io::Result<Server> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let limit = self.table.policy.rate_limit.filter(|_| self.limited);
        let engine = Engine {
            table: self.table,
            store: Store::new(self.table),
            keys: Keys::new(self.seed),
            api_key: self.api_key.clone(),
            allowance: limit.map(|limit| Allowance::new(limit.requests as usize, limit.window)),
        };
        let shared = Arc::new(Shared { engine: Mutex::new(engine), log: Mutex::default() });
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let serving = shared.clone();
        let thread = std::thread::Builder::new().name("mock-server".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(listener, serving) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Server { table: self.table, address, api_key: self.api_key, shared, stop: Some(stop), thread: Some(thread) })
    }
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.table.base_path)
    }

    /// The API key that it takes.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// A client of this server, with otherwise default settings.
    pub fn client(&self) -> Result<Client, crate::Error> {
        self.client_builder().build()
    }

    /// Begins a client of this server.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::with_policy(self.table.policy, self.api_key()).base_url(self.url())
    }

    /// Puts an object there: these fields over those of a sample, with a new id unless they have one.
    ///
    /// `<relation>_id` refers to an object that is there already, as in requests.
    pub fn seed<T: Seed>(&self, fields: Value) -> Result<T, SeedError> {
        let mut engine = self.engine();
        let key = place::<T>(&mut engine, fields)?;
        let mut text = String::new();
        let row = engine.store.get(T::COLLECTION, key).ok_or(SeedError::Lost)?;
        engine.store.write(T::COLLECTION, row, &mut text);
        serde_json::from_str(&text).map_err(|error| SeedError::Misfit(error.to_string()))
    }

    /// Puts many objects there; `fields` is given the number of each, from 0.
    pub fn seed_many<T: Seed>(&self, count: usize, mut fields: impl FnMut(usize) -> Value) -> Result<(), SeedError> {
        let mut engine = self.engine();
        (0..count).try_for_each(|number| place::<T>(&mut engine, fields(number)).map(|_| ()))
    }

    /// Every request so far, in the order of their arrival.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.log).clone()
    }

    /// The requests for one operation.
    pub fn requests_for(&self, operation: &str) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| request.operation == Some(operation)).collect()
    }

    /// Waits until the server ends, which it does only when the process does.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that has panicked has ended, too.
            let _ = thread.join();
        }
    }

    fn engine(&self) -> MutexGuard<'_, Engine> {
        lock(&self.shared.engine)
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The other end is gone when the thread has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn place<T: Seed>(engine: &mut Engine, fields: Value) -> Result<uuid::Uuid, SeedError> {
    let Value::Object(fields) = fields else { return Err(SeedError::NoObject) };
    let collection = engine.store.collection(T::COLLECTION);
    let (mut key, mut draft) = Draft::new(engine.table, collection, &mut engine.keys);
    let unknown: Map<_, _> = fields.clone();
    draft
        .give(engine.table, &engine.store, collection, &fields)
        .map_err(|missing| SeedError::Missing { schema: missing.collection, key: missing.key })?;
    for (name, value) in &unknown {
        let is_relation = name.strip_suffix("_id").is_some_and(|stem| collection.relation(stem).is_some());
        if collection.relation(name).is_some() {
            return Err(SeedError::Embedded { field: name.clone() });
        }
        if !is_relation && collection.alias(name).is_none() {
            draft.keep(name, value);
        }
    }
    if let Some(problems) = draft.problems(engine.table, collection) {
        return Err(SeedError::Misfit(problems));
    }
    key = draft.key(collection).unwrap_or(key);
    engine.store.put(T::COLLECTION, key, draft.into_row());
    Ok(key)
}

async fn serve(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        // A connection that fails before it begins is its client's business.
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, shared.clone()));
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Small answers must not wait for more to send.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(request, shared.clone()));
    let mut http = hyper::server::conn::http1::Builder::new();
    // What goes wrong on a connection ends it, and nothing else.
    let _ = http.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(request: Request<Body>, shared: Arc<Shared>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let body =
        Limited::new(body, LARGEST_BODY).collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let incoming = Incoming {
        method: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query(),
        headers: &head.headers,
        body: &body,
    };
    let at = Instant::now();
    let (operation, answer) = {
        let mut engine = lock(&shared.engine);
        (engine.operation(&incoming), engine.answer(&incoming, at))
    };
    let recorded = Recorded {
        operation: operation.map(|operation| operation.id),
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        at,
        status: answer.status.as_u16(),
    };
    lock(&shared.log).push(recorded);
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}
