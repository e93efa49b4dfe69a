//! Items of a list may be null; all others are still validated.

use reported_nullable_items_with_rules::types::{MakeARequest, Tag};
use reported_nullable_items_with_rules::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().make(MakeARequest::new().tags([Some(Tag::new().name("n")), None])).await?;
    assert_eq!(socket.request().body, r#"{"tags":[{"name":"n"},null]}"#);
    let too_long = Tag::new().name("n".repeat(21));
    let rejected = client.a().make(MakeARequest::new().tags([None, Some(too_long)])).await;
    let Err(Error::InvalidRequest { violations, .. }) = rejected else { panic!("{rejected:?}") };
    assert_eq!(violations[0].path, "tags[1].name");
    Ok(())
}
