//! 204, 205 and responses to HEAD have no body, whatever the document declares (RFC 9110, section 6.4.1).

use reported_no_content_with_body::{Client, Error};
use socket::Socket;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (deleted, reset) = ("HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n");
    let socket = Socket::replying([deleted, reset, "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n"]);
    let client = Client::builder().base_url(socket.url()).build()?;
    let () = client.files().delete("1").await?;
    let () = client.files().reset("1").await?;
    let () = client.files().probe("1").await?;
    assert_eq!([socket.line(), socket.line(), socket.line()], ["DELETE /files/1", "POST /files/1", "HEAD /files/1"]);
    Ok(())
}
