//! Among several media types, the client requests the one that can carry the data; settings or callers can override it.

use reported_binary_beside_event_stream::{Client, Error};
use socket::{Socket, body_of};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let file = body_of("application/octet-stream", "\u{0}\u{1}");
    let events = || body_of("text/event-stream", "data: {}\n\n");
    let socket = Socket::replying([file, events(), events()]);
    let client = Client::builder().base_url(socket.url()).build()?;
    assert_eq!(client.speech().make().await?.as_ref(), b"\0\x01");
    assert_eq!(socket.request().header("accept"), Some("application/octet-stream"));
    assert_eq!(client.speech().make().extra_header("accept", "text/event-stream").await?.as_ref(), b"data: {}\n\n");
    assert_eq!(socket.request().header("accept"), Some("text/event-stream"));
    // The settings select another media type, and the method returns its type.
    let mut events = client.events().make().await?;
    assert_eq!(socket.request().header("accept"), Some("text/event-stream"));
    assert!(matches!(events.next().await, Some(Ok(event)) if event.data.type_.is_none()));
    assert!(events.next().await.is_none());
    Ok(())
}
