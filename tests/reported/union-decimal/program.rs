//! An amount that may also be text is read exactly, and keeps its form.

use reported_union_decimal::types::PriceAmount;
use reported_union_decimal::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([r#"{"amount":12345678901234567.89}"#, r#"{"amount":"12.50"}"#].map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    let number = client.prices().list().await?.amount;
    assert!(matches!(&number, Some(PriceAmount::Number(amount)) if amount.to_string() == "12345678901234567.89"), "{number:?}");
    let text = client.prices().list().await?.amount;
    assert!(matches!(&text, Some(PriceAmount::Text(text)) if text == "12.50"), "{text:?}");
    Ok(())
}
