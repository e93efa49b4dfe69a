//! Both schemes of one security requirement are sent.

use reported_two_keys_together::{Client, Credentials, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder(Credentials { app: "id".into(), key: "secret".into() }).base_url(socket.url()).build()?;
    client.a().get().await?;
    let request = socket.request();
    assert_eq!((request.header("x-app-id"), request.header("x-api-key")), (Some("id"), Some("secret")));
    client.b().get().x_app_id("own").await?;
    let request = socket.request();
    assert_eq!((request.header("x-app-id"), request.header("x-api-key")), (Some("own"), None));
    Ok(())
}
