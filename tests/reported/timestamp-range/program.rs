//! Every RFC 3339 time is accepted, including the last of its years and fractions finer than nanoseconds.

use reported_timestamp_range::{Client, Error};
use socket::{Socket, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let times = ["9999-12-31T23:59:59Z", "2024-02-29T10:00:00.1234567891Z", "0001-01-01T00:00:00Z", "2016-12-31T23:59:60Z"];
    let socket = Socket::replying(times.map(|time| json(&format!(r#"{{"expires":"{time}"}}"#))));
    let client = Client::builder().base_url(socket.url()).build()?;
    for time in times {
        let read = client.x().run().await?;
        assert!(read.expires.is_some(), "{time}");
    }
    Ok(())
}
