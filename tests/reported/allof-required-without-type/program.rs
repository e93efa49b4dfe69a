//! `required` applies without `type`, in any part of an `allOf` and in any order.

use reported_allof_required_without_type::types::A;
use reported_allof_required_without_type::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([json(r#"{"kind":"x"}"#), json("{}")]);
    let client = Client::builder().base_url(socket.url()).build()?;
    let made = client.x().run(A::new("x")).await?;
    assert_eq!((made.kind.as_str(), socket.request().body.as_str()), ("x", r#"{"kind":"x"}"#));
    let incomplete = client.x().run(A::new("x")).await;
    assert!(matches!(incomplete, Err(Error::Decode { .. })), "{incomplete:?}");
    Ok(())
}
