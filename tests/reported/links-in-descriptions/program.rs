//! Markdown links in descriptions become rustdoc links, as the crate's sources prove.

use reported_links_in_descriptions::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    let source = include_str!("../src/generated/resources/a.rs");
    assert!(source.contains("/// See [the guide](https://example.com/guide) and `code`."), "{source}");
    client.a().get().await?;
    assert_eq!(socket.line(), "GET /a");
    Ok(())
}
