//! A list in `style: deepObject`, which the specification leaves undefined, is encoded as `name[]=item`.

use reported_deep_object_array::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().get().expand(["a".to_owned(), "b=c".to_owned()]).await?;
    assert_eq!(socket.line(), "GET /a?expand%5B%5D=a&expand%5B%5D=b%3Dc");
    Ok(())
}
