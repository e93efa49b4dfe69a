//! In a union of date and text, strings that are entirely a date become dates; all others stay text.

use reported_date_or_text::types::RunResponseD;
use reported_date_or_text::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying(["2024-02-29", "2024-02-29T10:00", "2023-02-29", "soon"].map(|d| json(&format!(r#"{{"d":"{d}"}}"#))));
    let client = Client::builder().base_url(socket.url()).build()?;
    let date = client.x().run().await?.d;
    assert!(matches!(&date, Some(RunResponseD::Date(date)) if date.to_string() == "2024-02-29"), "{date:?}");
    for text in ["2024-02-29T10:00", "2023-02-29", "soon"] {
        let read = client.x().run().await?.d;
        assert!(matches!(&read, Some(RunResponseD::Text(read)) if read == text), "{read:?}");
    }
    Ok(())
}
