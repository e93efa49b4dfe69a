//! The discriminator is sent without the caller setting it.

use reported_discriminator_not_sent::types::{Cat, Dog, Pet};
use reported_discriminator_not_sent::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (cat, dog) = (r#"{"kind":"cat","meow":1}"#, r#"{"bark":"x","kind":"dog"}"#);
    let socket = Socket::replying([json(cat), json(dog)]);
    let client = Client::builder().base_url(socket.url()).build()?;
    let read = client.x().run(Cat::new(1).into()).await?;
    assert!(matches!(&read, Pet::Cat(cat) if cat.meow == 1), "{read:?}");
    let read = client.x().run(Dog::new("x").into()).await?;
    assert!(matches!(&read, Pet::Dog(dog) if dog.bark == "x"), "{read:?}");
    for expected in [cat, dog] {
        let sent: serde_json::Value = serde_json::from_str(&socket.request().body).expect("JSON");
        assert_eq!(sent, serde_json::from_str::<serde_json::Value>(expected).expect("JSON"));
    }
    Ok(())
}
