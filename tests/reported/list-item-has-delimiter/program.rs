//! An item that contains the delimiter is escaped or rejected: two items never arrive as three.

use reported_list_item_has_delimiter::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    let items = |first: &str| [first.to_owned(), "c".to_owned()];
    client.lists().run(items("a,b")).csv(items("a,b")).piped(items("a,b")).await?;
    assert_eq!(socket.line(), "GET /lists/a%2Cb,c?csv=a%2Cb,c&piped=a%2Cb%7Cc");
    client.lists().run(items("a/|b")).csv(items("a&b=%2C")).piped(items("a b")).await?;
    assert_eq!(socket.line(), "GET /lists/a%2F%7Cb,c?csv=a%26b%3D%252C,c&piped=a%20b%7Cc");
    // An escaped pipe would be indistinguishable from the delimiter.
    let rejected = client.lists().run(items("a")).piped(items("a|b")).await;
    assert!(matches!(rejected, Err(Error::InvalidRequest { .. })), "{rejected:?}");
    Ok(())
}
