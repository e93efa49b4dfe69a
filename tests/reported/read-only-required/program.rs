//! `readOnly` properties are never sent, `writeOnly` ones are optional in responses; `required` applies per direction.

use reported_read_only_required::types::{User, UserRequest};
use reported_read_only_required::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([json(r#"{"id":7,"name":"Ann"}"#), json(r#"{"name":"Ann"}"#)]);
    let client = Client::builder().base_url(socket.url()).build()?;
    let user: User = client.users().run(UserRequest::new("Ann", "secret")).await?;
    assert_eq!((user.id, user.name.as_str()), (7, "Ann"));
    assert_eq!(socket.request().body, r#"{"name":"Ann","password":"secret"}"#);
    let incomplete = client.users().run(UserRequest::new("Ann", "secret")).await;
    assert!(matches!(incomplete, Err(Error::Decode { .. })), "{incomplete:?}");
    Ok(())
}
