//! Failed attempts on real sockets: whether the request was sent, and therefore whether a create is retried.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

use clientsmith_runtime::api::{ApiSpec, Auth, Environment, ErrorPointers, Operation, Package, Safety};
use clientsmith_runtime::middleware::{Attempt, Middleware, Outcome};
use clientsmith_runtime::{Call, CallOptions, Client, ClientBuilder, Error, StatusCode};

static API: ApiSpec = ApiSpec {
    title: "Connections",
    version: "1",
    package: Package {
        name: "connections",
        version: "0.1.0",
        user_agent: "connections/0.1.0",
        tracer: clientsmith_runtime::tracer!(),
    },
    base_url: "",
    environment: Environment { api_key: "KEY", base_url: "URL" },
    auth: Auth::None,
    token_endpoint: None,
    headers: &[],
    errors: ErrorPointers { flag: "", message: "", code: "" },
    rate_limit: None,
    envelope: None,
    paging: None,
    operations: &[],
    objects: &[],
    enumerations: &[],
    unions: &[],
    newtypes: &[],
};

static CREATE: Operation = Operation::new("create", "POST", "/things", Safety::NotIdempotent);

const SHORT: Duration = Duration::from_millis(400);
const LONG: Duration = Duration::from_secs(20);

fn builder(url: &str) -> ClientBuilder<Client> {
    let builder = ClientBuilder::<Client>::new(&API, "".into()).base_url(url).timeout(SHORT);
    builder.backoff(Duration::ZERO, Duration::ZERO).max_retries(0)
}

async fn create(client: &Client) -> Result<u16, Error> {
    Call::new(client, &CREATE, CallOptions::default()).send().await.map(|response| response.status())
}

/// A listener that accepts no further connection, because its queue is full.
struct Full {
    address: SocketAddr,
    listener: TcpListener,
    waiting: Vec<TcpStream>,
}

impl Full {
    fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let listener = socket.listen(1).expect("a listener").into_std().expect("a listener");
        listener.set_nonblocking(false).expect("a listener that blocks");
        let address = listener.local_addr().expect("an address");
        let mut waiting = Vec::new();
        while let Ok(connection) = TcpStream::connect_timeout(&address, SHORT) {
            waiting.push(connection);
            assert!(waiting.len() < 1000, "the listener is never full");
        }
        Self { address, listener, waiting }
    }

    /// Serves all connections from now on, and counts requests.
    fn open(self, requests: &Arc<AtomicU32>) {
        drop(self.waiting);
        let requests = Arc::clone(requests);
        std::thread::spawn(move || {
            for connection in self.listener.incoming().map_while(Result::ok) {
                let requests = Arc::clone(&requests);
                std::thread::spawn(move || {
                    while let Some(connection) = read_request(&connection) {
                        requests.fetch_add(1, Ordering::SeqCst);
                        respond(connection);
                    }
                });
            }
        });
    }
}

/// Reads the head of a request without a body.
fn read_request(connection: &TcpStream) -> Option<&TcpStream> {
    let mut lines = BufReader::new(connection).lines().map_while(Result::ok);
    let first = lines.next()?;
    assert_eq!(first, "POST /things HTTP/1.1");
    lines.find(String::is_empty)?;
    Some(connection)
}

fn respond(mut connection: &TcpStream) {
    connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("a client that waits");
}

/// Opens the listener after the first failed attempt.
struct OpenAfterFailure(Mutex<Option<Full>>, Arc<AtomicU32>);

impl Middleware for OpenAfterFailure {
    fn after(&self, _: &Attempt, outcome: &Outcome<'_>) {
        assert!(outcome.error.is_none_or(|error| !error.request_sent()), "{:?}", outcome.error);
        if let Some(full) = self.0.lock().unwrap().take() {
            full.open(&self.1);
        }
    }
}

#[tokio::test]
async fn a_deadline_that_ends_while_connecting_has_sent_nothing() {
    let full = Full::new();
    // This listener accepts connections, but never sends a byte of TLS.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = silent.local_addr().map(|address| (address, silent)).expect("an address");
    let has_tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    let secure = has_tls.then(|| format!("https://{}", silent.0));
    for url in [format!("http://{}", full.address)].into_iter().chain(secure) {
        let clients = [
            builder(&url).build(),
            builder(&url).timeout(LONG).deadline(SHORT).build(),
            builder(&url).timeout(LONG).connect_timeout(SHORT).build(),
        ];
        for (client, is_timeout) in clients.into_iter().zip([true, true, false]) {
            let error = create(&client.expect("a client")).await.expect_err("no connection");
            assert!(!error.request_sent() && error.is_retryable(), "{url}: {error:?}");
            match error {
                Error::Timeout { sent: false, .. } => assert!(is_timeout, "{url}"),
                Error::Connect { .. } => assert!(!is_timeout, "{url}"),
                error => panic!("{url}: {error:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_create_is_retried_if_its_deadline_ended_while_connecting() {
    let requests = Arc::new(AtomicU32::new(0));
    let full = Full::new();
    let url = format!("http://{}", full.address);
    let hook = OpenAfterFailure(Mutex::new(Some(full)), Arc::clone(&requests));
    let client = builder(&url).timeout(Duration::from_secs(2)).max_retries(3).middleware(hook).build().unwrap();
    assert_eq!(create(&client).await.expect("a connection"), 204);
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

/// A custom HTTP client may send a request twice, so its bodies are not watched.
#[tokio::test]
async fn with_another_http_client_the_request_may_have_left() {
    let full = Full::new();
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let client = builder(&format!("http://{}", full.address)).http_client(http).build().expect("a client");
    let error = create(&client).await.expect_err("no connection");
    assert!(matches!(&error, Error::OutcomeUnknown { .. }) && error.request_sent(), "{error:?}");
}

/// The server's reaction to the second request on a kept connection.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Second {
    /// It has closed the connection, and the client knows.
    Closed,
    /// It closes the connection while the request may be under way.
    Closing,
    /// It reads the request and closes the connection.
    ReadAndClosed,
    /// It reads the request, sends half of the response's head and closes the connection.
    HalfResponded,
    /// It never reads.
    Unread,
    /// It reads the request and never responds.
    Silent,
}

/// Serves one connection after another; the first connection reacts to its second request like this.
fn serve(second: Second, requests: &Arc<AtomicU32>, closed: Sender<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = Arc::clone(requests);
    std::thread::spawn(move || {
        let mut is_first = true;
        for connection in listener.incoming().map_while(Result::ok) {
            let read = |connection: &TcpStream| {
                if read_request(connection).is_some() {
                    requests.fetch_add(1, Ordering::SeqCst);
                }
            };
            read(&connection);
            respond(&connection);
            if !std::mem::take(&mut is_first) {
                continue;
            }
            match second {
                Second::Closed | Second::Closing => {}
                Second::ReadAndClosed => read(&connection),
                Second::HalfResponded => {
                    read(&connection);
                    (&connection).write_all(b"HTTP/1.1 20").expect("a client that waits");
                }
                Second::Unread => sleep(SHORT * 3),
                Second::Silent => {
                    read(&connection);
                    let _ = (&connection).read(&mut [0]);
                }
            }
            drop(connection);
            let _ = closed.send(());
        }
    });
    url
}

/// A create on a pooled connection is sent once, and retried only if the connection never took it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_create_on_a_pooled_connection() {
    let rows = [
        (Second::Closed, Some(true)),
        (Second::Closing, None),
        (Second::ReadAndClosed, Some(false)),
        (Second::HalfResponded, Some(false)),
        (Second::Unread, Some(false)),
        (Second::Silent, Some(false)),
    ];
    for (second, succeeds) in rows {
        // A race needs many runs.
        for _ in 0..if succeeds.is_none() { 30 } else { 1 } {
            let requests = Arc::new(AtomicU32::new(0));
            let (sender, closed) = channel();
            let url = serve(second, &requests, sender);
            let client = builder(&url).max_retries(3).build().expect("a client");
            assert_eq!(create(&client).await.expect("the first request"), 204);
            if second == Second::Closed {
                closed.recv_timeout(LONG).expect("a closed connection");
                tokio::time::sleep(SHORT / 4).await;
            }
            let result = create(&client).await;
            let requests = requests.load(Ordering::SeqCst);
            assert!(requests <= 2, "{second:?}: it is sent once");
            match result {
                Ok(status) => assert_eq!((status, requests), (StatusCode::NO_CONTENT.as_u16(), 2), "{second:?}"),
                Err(Error::OutcomeUnknown { .. }) => assert_ne!(succeeds, Some(true), "{second:?}"),
                Err(error) => panic!("{second:?}: {error:?}"),
            }
            if succeeds == Some(true) {
                assert_eq!(requests, 2, "{second:?}");
            }
        }
    }
}
