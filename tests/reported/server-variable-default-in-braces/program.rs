//! An operation with a placeholder server is sent only to the URL that the client was configured with.

use reported_server_variable_default_in_braces::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().build()?;
    let unknown = client.a().get().await.expect_err("nobody knows where that is").to_string();
    assert!(unknown.contains("get_a") && unknown.contains("https://{your-agent-url}"), "{unknown}");
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;
    client.a().get().await?;
    assert_eq!(socket.line(), "GET /a");
    Ok(())
}
