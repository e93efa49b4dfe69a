//! Creates with an idempotency key are retried with the same key, and every call has a key of its own.

use golden_idempotency::mock::{self, Calls, Fault};
use golden_idempotency::types::NewOrder;
use golden_idempotency::{Client, Error};
use socket::{NO_CONTENT, Socket};

/// A connection that breaks before the response.
const BROKEN: &str = "";
const FAILED: &str = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n";

fn client(socket: &Socket) -> Result<Client, Error> {
    Client::builder().base_url(socket.url()).build()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([BROKEN, FAILED, NO_CONTENT]);
    let client = client(&socket)?;
    client.payments().create().await?;
    let keys = [socket.request(), socket.request(), socket.request()]
        .map(|request| request.header("idempotency-key").map(str::to_owned));
    assert_eq!(keys[0].as_ref().map(String::len), Some(36));
    assert!(keys.iter().all(|key| *key == keys[0]));
    client.payments().create().await?;
    assert_ne!(socket.request().header("idempotency-key").map(str::to_owned), keys[0]);
    client.payments().create().idempotency_key("payment-17").await?;
    assert_eq!(socket.request().header("idempotency-key"), Some("payment-17"));

    // The header of the settings.
    client.notes().create().await?;
    assert_eq!(socket.request().header("x-request-key").map(str::len), Some(36));
    client.notes().create().x_request_key("note-17").await?;
    assert_eq!(socket.request().header("x-request-key"), Some("note-17"));

    // Reads need none, and a UUID does not fit here.
    client.payments().list().await?;
    client.drafts().create().await?;
    for _ in 0..2 {
        assert_eq!(socket.request().header("idempotency-key"), None);
    }
    unknown().await?;
    mock().await
}

/// The mock server processes a key once, too.
async fn mock() -> Result<(), Error> {
    let server = mock::builder().start().expect("a mock server");
    let client = server.client()?;
    server.fault("create_order", Calls::First(2), Fault::CloseAfter).expect("a fault");
    client.orders().create(NewOrder::new("red")).await?;
    assert_eq!(client.orders().list().await?.len(), 1);
    client.orders().create(NewOrder::new("red")).await?;
    assert_eq!(client.orders().list().await?.len(), 2);
    Ok(())
}

/// The outcome of the last attempt stays unknown: the next call has another key.
async fn unknown() -> Result<(), Error> {
    let socket = Socket::replying([FAILED]);
    let client = client(&socket)?;
    let error = client.payments().create().max_retries(1).await.expect_err("a failing server");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error}");
    assert_eq!(socket.request().header("idempotency-key"), socket.request().header("idempotency-key"));
    let error = client.drafts().create().await.expect_err("a failing server");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error}");
    socket.request();
    assert!(socket.is_idle());
    Ok(())
}
