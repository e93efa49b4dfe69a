//! The mock server runs in its own thread with its own runtime, so any kind of test can use it.

use std::collections::HashMap;
use std::io::{Error, ErrorKind};
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use serde_json::Value;
use tokio::sync::oneshot;

use super::engine::Engine;
use super::fault::{Calls, Fault, UnknownOperation};
use super::identity::Keys;
use super::keep;
use super::log::{Recorded, difference};
use super::objects::Draft;
use super::request_limit::RequestLimit;
use super::response::Response;
use super::samples;
use super::seed::{Seed, SeedError};
use super::serve::{Clock, Shared, lock, serve};
use super::spec::MockSpec;
use super::store::Store;
use crate::{Caller, ClientBuilder};

/// The default user name and API key.
const USER: &str = "mock";
const API_KEY: &str = "mock-api-key";

/// A mock server of the API, which runs in this process and keeps its objects in memory.
///
/// Created objects can be read later, and requests are checked as strictly as documented. The server stops when it is
/// dropped.
pub struct Server<C> {
    spec: &'static MockSpec,
    address: SocketAddr,
    api_key: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    client: PhantomData<fn() -> C>,
}

/// Settings of a [`Server`].
#[must_use = "settings do nothing until `start` is called"]
pub struct ServerBuilder<C> {
    spec: &'static MockSpec,
    api_key: String,
    port: u16,
    seed: u64,
    limited: bool,
    samples: bool,
    kept: Option<String>,
    clock: Clock,
    client: PhantomData<fn() -> C>,
}

impl<C> std::fmt::Debug for ServerBuilder<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerBuilder").field("port", &self.port).field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl<C: Caller> ServerBuilder<C> {
    /// Returns a builder with default settings.
    #[doc(hidden)]
    pub fn new(spec: &'static MockSpec) -> Self {
        let api_key = spec.api.auth.key(USER, API_KEY);
        Self {
            spec,
            api_key,
            port: 0,
            seed: 0,
            limited: true,
            samples: false,
            kept: None,
            clock: Arc::new(Instant::now),
            client: PhantomData,
        }
    }

    /// Sets the accepted API key. Default: `mock-api-key`.
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = api_key.into();
        self
    }

    /// Sets the port to listen on. Default: a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the seed for new ids: the same seed yields the same ids. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Starts with the objects of the samples, or else of the document's examples. Default: no objects.
    pub fn samples(mut self) -> Self {
        self.samples = true;
        self
    }

    /// Disables the rate limit. Default: the documented limit of the API.
    pub fn without_rate_limit(mut self) -> Self {
        self.limited = false;
        self
    }

    /// Starts with the objects saved by [`Server::kept`], and no others.
    #[doc(hidden)]
    pub fn kept(mut self, objects: String) -> Self {
        self.kept = Some(objects);
        self
    }

    /// Sets the clock for the rate limit and the log, so that tests need not wait. Default: the system clock.
    pub fn clock(mut self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Starts the server. Returns an error if the port is in use or the thread cannot be started.
    pub fn start(self) -> std::io::Result<Server<C>> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let limit = self.spec.api.rate_limit.filter(|_| self.limited);
        let mut store = Store::new(self.spec);
        if self.samples {
            samples::fill(&mut store, self.spec);
        }
        if let Some(objects) = &self.kept {
            keep::read(&mut store, self.spec, objects)
                .map_err(|problem| Error::new(ErrorKind::InvalidData, problem))?;
        }
        let engine = Engine {
            spec: self.spec,
            store,
            keys: Keys::new(self.seed),
            api_key: self.api_key.clone(),
            request_limit: limit.map(|limit| RequestLimit::new(limit.requests as usize, limit.window)),
            successes: HashMap::new(),
        };
        let shared = Arc::new(Shared {
            engine: Mutex::new(engine),
            faults: Mutex::default(),
            canned: Mutex::default(),
            log: Mutex::default(),
            clock: self.clock,
        });
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
        Ok(Server {
            spec: self.spec,
            address,
            api_key: self.api_key,
            shared,
            stop: Some(stop),
            thread: Some(thread),
            client: PhantomData,
        })
    }
}

impl<C: Caller> Server<C> {
    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.spec.base_path)
    }

    /// The accepted API key.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// Builds a client of this server with default settings.
    pub fn client(&self) -> Result<C, crate::Error> {
        self.client_builder().build()
    }

    /// Returns a builder of a client of this server.
    pub fn client_builder(&self) -> ClientBuilder<C> {
        ClientBuilder::new(self.spec.api, self.api_key().into()).base_url(self.url())
    }

    /// Adds an object: a sample with these fields. It has a new id unless the fields contain one.
    ///
    /// `<relation>_id` refers to an existing object, as in requests.
    pub fn seed<T: Seed>(&self, fields: Value) -> Result<T, SeedError> {
        let mut engine = self.engine();
        let key = place::<T>(&mut engine, fields)?;
        let mut text = String::new();
        let row = engine.store.get(T::COLLECTION, key).ok_or(SeedError::Lost)?;
        engine.store.write(T::COLLECTION, row, &mut text);
        serde_json::from_str(&text).map_err(|error| SeedError::Mismatch(error.to_string()))
    }

    /// Adds many objects; `fields` receives the index of each, starting at 0.
    pub fn seed_many<T: Seed>(&self, count: usize, mut fields: impl FnMut(usize) -> Value) -> Result<(), SeedError> {
        let mut engine = self.engine();
        (0..count).try_for_each(|number| place::<T>(&mut engine, fields(number)).map(|_| ()))
    }

    /// Returns all objects as text, for [`ServerBuilder::kept`].
    #[doc(hidden)]
    pub fn kept(&self) -> String {
        keep::write(&self.engine().store, self.spec)
    }

    /// Returns all requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.log).clone()
    }

    /// Returns the requests of one operation.
    pub fn requests_for(&self, operation: &str) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| request.operation == Some(operation)).collect()
    }

    /// Checks that exactly these requests have arrived, such as `GET /api/v1/things?page=2`.
    ///
    /// # Panics
    /// Panics with the difference, line by line, if other requests have arrived.
    #[track_caller]
    pub fn assert_requests(&self, expected: &[&str]) {
        if let Some(difference) = difference(expected, &self.requests()) {
            panic!("{difference}");
        }
    }

    /// Adds a fault to chosen calls of an operation. If a call has several faults, the one set first applies.
    pub fn fault(&self, operation: &str, calls: Calls, fault: Fault) -> Result<(), UnknownOperation> {
        let known = self.spec.operations.iter().map(|known| known.operation).find(|known| known.id == operation);
        let known = known.ok_or_else(|| UnknownOperation(operation.to_owned()))?;
        lock(&self.shared.faults).set(known.id, calls, fault);
        Ok(())
    }

    /// Sends this response to the next request instead of processing it. Several responses are sent in order.
    pub fn respond_next(&self, response: Response) {
        lock(&self.shared.canned).push_back(response);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Blocks until the server stops, which happens only at the end of the process.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has ended, too.
            let _ = thread.join();
        }
    }

    fn engine(&self) -> MutexGuard<'_, Engine> {
        lock(&self.shared.engine)
    }
}

impl<C> std::fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl<C> Drop for Server<C> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone if the thread has already ended.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn place<T: Seed>(engine: &mut Engine, fields: Value) -> Result<uuid::Uuid, SeedError> {
    let Value::Object(fields) = fields else { return Err(SeedError::NoObject) };
    let collection = engine.store.collection(T::COLLECTION);
    let (mut key, mut draft) = Draft::new(engine.spec, &engine.store, T::COLLECTION, &mut engine.keys);
    draft
        .apply(engine.spec, &engine.store, collection, &fields)
        .map_err(|missing| SeedError::Missing { schema: missing.collection, key: missing.key })?;
    for (name, value) in &fields {
        let is_relation = name.strip_suffix("_id").is_some_and(|stem| collection.relation(stem).is_some());
        if collection.relation(name).is_some() {
            return Err(SeedError::Embedded { field: name.clone() });
        }
        if !is_relation && collection.alias(name).is_none() {
            draft.keep(name, value);
        }
    }
    if let Some(problems) = draft.problems(engine.spec, collection) {
        return Err(SeedError::Mismatch(problems));
    }
    key = draft.key(collection).unwrap_or(key);
    engine.store.put(T::COLLECTION, key, draft.into_row());
    Ok(key)
}
