//! An optional body can be omitted, which differs from an empty one.

use reported_optional_body::types::{MustRequest, RunRequest, SendFormRequest};
use reported_optional_body::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;
    client.x().run().await?;
    client.form().send().await?;
    client.file().put().await?;
    client.text().put().await?;
    for _ in 0..4 {
        let request = socket.request();
        assert_eq!((request.header("content-type"), request.body.as_str()), (None, ""), "{}", request.line());
    }
    client.x().run().body(RunRequest::new()).await?;
    client.form().send().body(SendFormRequest::new().a("b c")).await?;
    client.file().put().body(b"b".as_slice()).await?;
    client.text().put().body("b").await?;
    client.must().must(MustRequest::new().a("b")).await?;
    for (media_type, body) in [
        ("application/json", "{}"),
        ("application/x-www-form-urlencoded", "a=b+c"),
        ("application/octet-stream", "b"),
        ("text/plain", "b"),
        ("application/json", r#"{"a":"b"}"#),
    ] {
        let request = socket.request();
        assert_eq!((request.header("content-type"), request.body.as_str()), (Some(media_type), body));
    }
    Ok(())
}
