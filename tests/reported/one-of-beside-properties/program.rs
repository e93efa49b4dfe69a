//! Properties next to a `oneOf` belong to each variant, and no field is lost.

use reported_one_of_beside_properties::types::Pet;
use reported_one_of_beside_properties::{Client, Error};
use serde_json::{Value, from_str};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let bodies = [r#"{"id":"1","meow":2}"#, r#"{"id":"1","bark":"x","more":[1]}"#, r#"{"id":"1","neither":true}"#];
    let socket = Socket::replying(bodies.map(json));
    let client = Client::builder().base_url(socket.url()).build()?;
    for body in bodies {
        let pet: Pet = from_str(body).expect("the documented form");
        let read = client.x().run(pet.clone()).await?;
        let sent: Option<Value> = from_str(&socket.request().body).ok();
        assert_eq!((read, sent), (pet, from_str(body).ok()));
    }
    Ok(())
}
