//! A POST, PUT or PATCH without a body sends `content-length: 0` (RFC 9110, section 8.6).

use reported_post_without_length::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.x().run().await?;
    client.x().replace().await?;
    client.x().change().await?;
    for line in ["POST /x/cancel", "PUT /x/cancel", "PATCH /x/cancel"] {
        let request = socket.request();
        assert_eq!((request.line(), request.header("content-length")), (line, Some("0")));
    }
    client.x().get().await?;
    assert_eq!(socket.request().header("content-length"), None);
    Ok(())
}
