//! Null is a valid response where the schema allows it: inline, by reference, in a list.

use reported_nullable_answer::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying(["null", r#"{"a":"b"}"#, r#"[null,{"a":"c"}]"#, "null"].map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    assert_eq!(client.x().run().await?, None);
    assert_eq!(client.x().run().await?.and_then(|value| value.a).as_deref(), Some("b"));
    let list = client.y().other().await?;
    assert_eq!(list.len(), 2);
    assert_eq!((&list[0], list[1].as_ref().and_then(|value| value.a.as_deref())), (&None, Some("c")));
    // The list itself must not be null.
    assert!(matches!(client.y().other().await, Err(Error::Decode { .. })));
    Ok(())
}
