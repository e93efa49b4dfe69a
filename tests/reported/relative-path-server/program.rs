//! Servers of paths and operations are used; relative ones resolve against the base URL's host.

use reported_relative_path_server::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(format!("{}/foo", socket.url())).build()?;
    client.shop().get().await?;
    assert_eq!(socket.line(), "GET /bar/shop");
    client.pets().list().await?;
    assert_eq!(socket.line(), "GET /foo/pets");
    Ok(())
}
