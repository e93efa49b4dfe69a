//! An `allOf` of an object and a `oneOf` becomes a union of objects, here with times.

use reported_allof_of_object_and_oneof_with_times::types::Event;
use reported_allof_of_object_and_oneof_with_times::{Client, Error};
use serde_json::{Value, from_str, to_value};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let bodies = [
        r#"{"event":"made","data":{"created_at":"2024-02-29T10:00:00Z"}}"#,
        r#"{"event":"gone","data":{"id":"1","deleted_at":"2024-02-29T10:00:00.5Z"}}"#,
        r#"{"event":"else","data":{}}"#,
    ];
    let socket = Socket::replying(bodies.map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    for body in bodies {
        let event = client.a().get().await?;
        assert_eq!(matches!(event, Event::Unknown(_)), body.contains("else"), "{event:?}");
        assert_eq!(to_value(&event).ok(), from_str::<Value>(body).ok());
    }
    Ok(())
}
