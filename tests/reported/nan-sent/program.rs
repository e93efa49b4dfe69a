//! NaN and infinities are violations at any depth: JSON has no such numbers, and servers do not accept them elsewhere.

use reported_nan_sent::types::{RunBox, RunRequest};
use reported_nan_sent::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let body = RunRequest::new().d(number);
        let call = client.x().run(body).ratio(number).box_(RunBox::new().lon(number));
        let Err(Error::InvalidRequest { violations, .. }) = call.await else { panic!("{number} was sent") };
        let paths: Vec<_> = violations.iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(paths, ["ratio", "box.lon", "d"]);
    }
    client.x().run(RunRequest::new().d(0.5)).ratio(-0.25).await?;
    assert_eq!(socket.line(), "PATCH /x?ratio=-0.25");
    Ok(())
}
