//! For a document without a security scheme, `generator.toml` declares one.

use reported_no_security_scheme::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder("secret").base_url(socket.url()).build()?;
    client.a().get().await?;
    assert_eq!(socket.request().header("authorization"), Some("Bearer secret"));
    Ok(())
}
