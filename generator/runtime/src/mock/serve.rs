//! Serves connections: reads requests, applies faults, and sends the engine's responses.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming as Body;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use super::drift::{self, Drift};
use super::engine::{Engine, Incoming};
use super::fault::{Fault, Faults};
use super::gzip;
use super::log::Recorded;
use super::pieces::Pieces;
use super::response::Response;
use super::spec::{Action, MockOperation};
use crate::api::Kind;

/// The maximum size of a request body, in bytes.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// The state shared by the server's thread and its owner.
pub(crate) struct Shared {
    pub(crate) engine: Mutex<Engine>,
    pub(crate) faults: Mutex<Faults>,
    /// Responses to send instead of calling the engine.
    pub(crate) canned: Mutex<VecDeque<Response>>,
    pub(crate) log: Mutex<Vec<Recorded>>,
    pub(crate) clock: Clock,
}

/// Returns the current time.
pub(crate) type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// Locks a mutex, even after a panic of another thread.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) async fn serve(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        // A connection that fails before it begins is the client's problem.
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, shared.clone()));
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Small responses must not wait for more data.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(request, shared.clone()));
    let mut http = hyper::server::conn::http1::Builder::new();
    // An error of a connection ends only this connection.
    let _ = http.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

/// Responds to a request; an error closes the connection.
async fn respond(request: Request<Body>, shared: Arc<Shared>) -> Result<http::Response<Pieces>, std::io::Error> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await;
    let body = body.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let incoming = Incoming {
        method: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query(),
        headers: &head.headers,
        body: &body,
    };
    let at = (shared.clock)();
    let operation = lock(&shared.engine).operation(&incoming);
    let fault = operation.and_then(|operation| lock(&shared.faults).next(operation.operation.id));
    if let Some(Fault::Delay(pause)) = &fault {
        tokio::time::sleep(*pause).await;
    }
    let canned = lock(&shared.canned).pop_front();
    let response = canned.or_else(|| act(&shared, operation, &incoming, fault.as_ref(), at));
    let recorded = Recorded {
        operation: operation.map(|operation| operation.operation.id),
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.clone(),
        body: body.clone(),
        at,
        status: response.as_ref().map(|response| response.status.as_u16()),
    };
    lock(&shared.log).push(recorded);
    let Some(response) = response else { return Err(std::io::ErrorKind::ConnectionAborted.into()) };
    let mut headers = response.headers;
    let body = match fault {
        Some(Fault::GzipBomb(size)) => {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Pieces::whole(gzip::padded(&response.body, size)?)
        }
        Some(Fault::Truncate) => Pieces::half(&response.body),
        Some(Fault::Slow(pause)) => Pieces::slow(&response.body, pause),
        Some(Fault::Oversized(size)) => Pieces::whole(padded(&response.body, size)),
        _ => Pieces::whole(response.body),
    };
    let mut written = http::Response::new(body);
    *written.status_mut() = response.status;
    *written.headers_mut() = headers;
    Ok(written)
}

/// Returns the response; `None` closes the connection.
fn act(
    shared: &Shared,
    operation: Option<&MockOperation>,
    incoming: &Incoming<'_>,
    fault: Option<&Fault>,
    at: Instant,
) -> Option<Response> {
    let mut engine = lock(&shared.engine);
    match (fault, operation) {
        (Some(Fault::CloseBefore), _) => None,
        (Some(Fault::CloseAfter), _) => {
            engine.respond(incoming, at);
            None
        }
        (Some(Fault::Status(status)), _) => Some(requested(&engine, *status)),
        (Some(Fault::RetryLater(status, retry_after)), _) => {
            let mut response = requested(&engine, *status);
            response.header(RETRY_AFTER, &retry_after.header());
            Some(response)
        }
        (Some(Fault::Html(status)), _) => Some(page(*status)),
        (Some(Fault::Redirect(to)), _) => {
            let mut response = Response::empty(StatusCode::TEMPORARY_REDIRECT);
            response.header(LOCATION, to);
            Some(response)
        }
        (Some(Fault::ShiftRows), Some(MockOperation { action: Action::List(collection), .. })) => {
            engine.shift(*collection);
            Some(engine.respond(incoming, at))
        }
        (Some(fault), Some(operation)) => {
            let response = engine.respond(incoming, at);
            Some(drifted(&engine, operation, fault, response))
        }
        _ => Some(engine.respond(incoming, at)),
    }
}

fn requested(engine: &Engine, status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    engine.error(status, "fault", "a fault injected by the test")
}

fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let title = status.canonical_reason().unwrap_or("Error");
    let body = format!("<html><head><title>{status}</title></head><body><h1>{title}</h1></body></html>");
    let mut response = Response::empty(status);
    response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response.body = body.into();
    response
}

/// Trailing white space does not change a JSON value.
fn padded(body: &Bytes, size: usize) -> Bytes {
    let mut padded = BytesMut::from(&body[..]);
    padded.resize(size.max(body.len()), b' ');
    padded.freeze()
}

/// Applies the fault to the objects of a success response, if it changes objects.
fn drifted(engine: &Engine, operation: &MockOperation, fault: &Fault, mut response: Response) -> Response {
    let drift = match fault {
        Fault::NullFields => Drift::NullFields,
        Fault::AbsentFields => Drift::AbsentFields,
        Fault::UnknownFields => Drift::UnknownFields,
        Fault::UnknownValues => Drift::UnknownValues,
        _ => return response,
    };
    let (Action::List(collection) | Action::Get(collection) | Action::Create(collection) | Action::Update(collection)) =
        operation.action
    else {
        return response;
    };
    let Ok(mut body) = serde_json::from_slice::<Value>(&response.body) else { return response };
    let kind = Kind::Named(engine.spec.collections[collection].schema);
    let data = match engine.spec.api.envelope {
        Some(envelope) => body.get_mut(envelope.data),
        None => Some(&mut body),
    };
    match data {
        Some(Value::Array(rows)) => rows.iter_mut().for_each(|row| drift::apply(engine.spec, &kind, drift, row)),
        Some(data) => drift::apply(engine.spec, &kind, drift, data),
        None => {}
    }
    response.body = body.to_string().into();
    response
}
