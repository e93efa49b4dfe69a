//! An `allOf` of three `oneOf`s becomes one union of all allowed combinations.

use reported_allof_of_three_oneofs::types::All;
use reported_allof_of_three_oneofs::{Client, Error};
use serde_json::{Value, from_str, to_value};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let bodies = [
        r#"{"a":"1","c":"2","e":"3"}"#,
        r#"{"b":"1","d":"2","f":"3"}"#,
        r#"{"a":"1","d":"2","f":"3","g":null}"#,
        r#"{"a":"1"}"#,
    ];
    let socket = Socket::replying(bodies.map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    for body in bodies {
        let all = client.a().get().await?;
        assert_eq!(matches!(all, All::Unknown(_)), body == r#"{"a":"1"}"#, "{all:?}");
        assert_eq!(to_value(&all).ok(), from_str::<Value>(body).ok());
    }
    Ok(())
}
