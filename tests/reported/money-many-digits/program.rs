//! An amount keeps all its digits or is an error.

use reported_money_many_digits::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let amounts = ["0.1", "12345678901234567.89", "-0.0000000000000000000000000001", "79228162514264337593543950335"];
    let too_long = "1.00000000000000000000000000000000000000001";
    let bodies = amounts.into_iter().chain([too_long]).map(|amount| json(&format!(r#"{{"money":{amount}}}"#)));
    let socket = Socket::replying(bodies);
    let client = Client::builder().base_url(socket.url()).build()?;
    for amount in amounts {
        assert_eq!(client.x().run().await?.money.map(|money| money.to_string()).as_deref(), Some(amount));
    }
    let inexact = client.x().run().await;
    assert!(matches!(inexact, Err(Error::Decode { .. })), "{inexact:?}");
    Ok(())
}
