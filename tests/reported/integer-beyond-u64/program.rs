//! A bound beyond 64 bits is accepted and does not restrict 64-bit values.

use reported_integer_beyond_u64::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().get().seed(i64::MAX).await?;
    assert_eq!(socket.line(), "GET /a?seed=9223372036854775807");
    Ok(())
}
