//! Methods keep their authors' names, without the path and method that FastAPI appends.

use reported_fastapi_names::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.flows().read_by_name("a b").await?;
    assert_eq!(socket.line(), "GET /flows/name/a%20b");
    client.flows().create().await?;
    assert_eq!(socket.line(), "POST /flows/");
    Ok(())
}
