//! The variant of an empty string is `Empty`.

use reported_empty_enum_value::types::{GetAm, GetAmEmpty};
use reported_empty_enum_value::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().get().m(GetAm::Empty(GetAmEmpty::Empty)).await?;
    assert_eq!(socket.line(), "GET /a?m=");
    Ok(())
}
