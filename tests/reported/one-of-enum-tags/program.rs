//! Only the variant that validates is chosen; an unknown enum value rules a variant out.

use reported_one_of_enum_tags::types::Method;
use reported_one_of_enum_tags::{Client, Error};
use serde_json::{Value, from_str, to_value};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let bodies = [r#"{"type":"card","last4":"1"}"#, r#"{"type":"bank","last4":"1"}"#, r#"{"type":"cash","last4":"1"}"#];
    let socket = Socket::replying(bodies.map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    let [card, bank, cash] = [client.x().run().await?, client.x().run().await?, client.x().run().await?];
    assert!(matches!(card, Method::Card(_)), "{card:?}");
    assert!(matches!(bank, Method::Bank(_)), "{bank:?}");
    assert!(matches!(cash, Method::Unknown(_)), "{cash:?}");
    for (method, body) in [card, bank, cash].iter().zip(bodies) {
        assert_eq!(to_value(method).ok(), from_str::<Value>(body).ok());
    }
    Ok(())
}
