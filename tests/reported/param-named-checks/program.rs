//! A parameter may have any name, even one that generated code uses itself.

use reported_param_named_checks::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.x().run().checks("a b").await?;
    assert_eq!(socket.line(), "GET /x?checks=a%20b");
    Ok(())
}
