//! A server with any number of pre-rendered commissions, so that its own work barely affects measurements.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

/// The number of rows per page.
const ROWS: u64 = 100;
const ID_LENGTH: usize = 36;

/// A page whose rows get new IDs each time.
struct Pages {
    text: Vec<u8>,
    /// The offset of each row's ID.
    ids: Vec<usize>,
    rows: u64,
    /// The delay before each response.
    delay: Duration,
}

/// Serves this many rows until the process ends; calls `ready` with the server's address.
///
/// # Errors
/// If no port can be bound.
///
/// # Panics
/// If `page` is not a page of commissions.
pub async fn serve(rows: u64, delay: Duration, page: &[u8], ready: impl FnOnce(SocketAddr)) -> std::io::Result<()> {
    let pages = Arc::new(Pages::of(page, rows, delay));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    ready(listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let pages = pages.clone();
        tokio::spawn(async move {
            stream.set_nodelay(true)?;
            let service = service_fn(|request| response(request, pages.clone()));
            let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A client that needs no more rows closes the connection.
            let _ = connection.await;
            std::io::Result::Ok(())
        });
    }
}

async fn response(request: Request<Incoming>, pages: Arc<Pages>) -> Result<Response<Full<Bytes>>, Infallible> {
    if !pages.delay.is_zero() {
        tokio::time::sleep(pages.delay).await;
    }
    let mut response = Response::new(Full::new(pages.page(number(request.uri().query().unwrap_or_default()))));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// The page number in a query.
fn number(query: &str) -> u64 {
    query.split('&').find_map(|pair| pair.strip_prefix("page=")?.parse().ok()).unwrap_or(1)
}

impl Pages {
    fn of(page: &[u8], rows: u64, delay: Duration) -> Self {
        let page: Value = serde_json::from_slice(page).expect("a page");
        let mut text = br#"{"success":true,"data":["#.to_vec();
        let mut ids = Vec::new();
        for row in page["data"].as_array().expect("rows") {
            let id = row["id"].as_str().expect("an id");
            let row = row.to_string();
            ids.push(text.len() + row.find(id).expect("the id in its row"));
            text.extend(row.bytes().chain([b',']));
        }
        text.pop();
        Self { text, ids, rows, delay }
    }

    fn page(&self, number: u64) -> Bytes {
        let pages = self.rows.div_ceil(ROWS);
        let end = format!(
            r#"],"pagination":{{"page":{number},"limit":{ROWS},"total_count":{},"total_pages":{pages},"has_more":{}}}}}"#,
            self.rows,
            number < pages,
        );
        let mut text = Vec::with_capacity(self.text.len() + end.len());
        text.extend_from_slice(&self.text);
        for (row, at) in (number * ROWS..).zip(&self.ids) {
            text[*at..*at + ID_LENGTH].copy_from_slice(format!("00000000-0000-4000-8000-{row:012}").as_bytes());
        }
        text.extend_from_slice(end.as_bytes());
        text.into()
    }
}
