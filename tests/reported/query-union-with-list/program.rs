//! A union whose value is a list is encoded as a list.

use reported_query_union_with_list::types::GetAId;
use reported_query_union_with_list::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.a().get().id(GetAId::TextList(vec!["a".to_owned(), "b&c".to_owned()])).await?;
    assert_eq!(socket.line(), "GET /a?id=a&id=b%26c");
    client.a().get().id(GetAId::Text(r#"["a","b"]"#.to_owned())).await?;
    assert_eq!(socket.line(), "GET /a?id=%5B%22a%22%2C%22b%22%5D");
    Ok(())
}
