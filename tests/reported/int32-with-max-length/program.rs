//! Keywords that do not apply to the type are ignored: the type and format determine the field.

use reported_int32_with_max_length::types::MakeARequest;
use reported_int32_with_max_length::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().make(MakeARequest::new().n(i32::MIN)).await?;
    assert_eq!(socket.request().body, r#"{"n":-2147483648}"#);
    Ok(())
}
