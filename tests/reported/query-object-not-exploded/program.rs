//! An object in `style: form, explode: false` is one list of names and values, in document order.

use reported_query_object_not_exploded::types::RunColor;
use reported_query_object_not_exploded::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.x().run().color(RunColor::new().r(100).g(200)).await?;
    assert_eq!(socket.line(), "GET /x?color=R,100,G,200");
    client.x().run().color(RunColor::new().g(-1)).await?;
    assert_eq!(socket.line(), "GET /x?color=G,-1");
    Ok(())
}
