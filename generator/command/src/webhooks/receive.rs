//! Serves a connection: reads bodies from requests, and responds with a status.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::endpoint::Endpoint;

/// The maximum size of a body, in bytes.
const MAX_BODY: usize = 1024 * 1024;
/// The maximum time for receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// An entry to print.
pub(super) enum Entry {
    Body { at: Timestamp, body: Bytes },
    Problem { at: Timestamp, reason: String },
}

pub(super) struct Receiver {
    /// Bounded: if the output is slow, senders wait for their response.
    pub(super) queue: mpsc::Sender<Entry>,
    pub(super) endpoint: Option<Endpoint>,
}

impl Receiver {
    pub(super) async fn serve(self: Arc<Self>, stream: TcpStream) {
        let service = service_fn(move |request| {
            let receiver = self.clone();
            async move { Ok::<_, Infallible>(receiver.respond(request).await) }
        });
        let mut http = hyper::server::conn::http1::Builder::new();
        // An error of a connection ends only this connection.
        let _ = http.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Empty<Bytes>> {
        let status = match self.receive(request).await {
            Ok(status) => status,
            Err((status, reason)) => {
                self.report(Entry::Problem { at: Timestamp::now(), reason }).await;
                status
            }
        };
        let mut response = Response::new(Empty::new());
        *response.status_mut() = status;
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }

    /// Returns the status of the response; an error contains a reason to print.
    async fn receive(&self, request: Request<Incoming>) -> Result<StatusCode, (StatusCode, String)> {
        let (head, body) = request.into_parts();
        if head.method != Method::POST {
            let reason = format!("rejected a {} request: webhooks use POST", head.method);
            return Err((StatusCode::METHOD_NOT_ALLOWED, reason));
        }
        let body = read(body).await?;
        self.report(Entry::Body { at: Timestamp::now(), body: body.clone() }).await;
        let Some(endpoint) = &self.endpoint else { return Ok(StatusCode::OK) };
        let response = endpoint.post(body, head.headers.get(CONTENT_TYPE)).await;
        response.map_err(|reason| (StatusCode::BAD_GATEWAY, format!("cannot forward an event: {reason}")))
    }

    async fn report(&self, entry: Entry) {
        // The receiver is gone when the command ends.
        let _ = self.queue.send(entry).await;
    }
}

async fn read(body: Incoming) -> Result<Bytes, (StatusCode, String)> {
    match tokio::time::timeout(BODY_TIMEOUT, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let reason = format!("rejected a body larger than {MAX_BODY} bytes");
            Err((StatusCode::PAYLOAD_TOO_LARGE, reason))
        }
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "a request body ended early".to_owned())),
        Err(_) => {
            Err((StatusCode::REQUEST_TIMEOUT, format!("a request body was not complete within {BODY_TIMEOUT:?}")))
        }
    }
}
