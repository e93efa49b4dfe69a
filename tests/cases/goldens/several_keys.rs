//! Several keys from the settings, and headers of every request.

use golden_several_keys::{Client, Credentials, Error};
use socket::{NO_CONTENT, Socket};

fn credentials() -> Credentials {
    Credentials { app_id: "an-app".into(), secret: "a-secret".into(), token: "a-token".into() }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder(credentials()).base_url(socket.url()).build()?;
    client.notes().list().q("a").await?;
    let request = socket.request();
    assert_eq!(request.line(), "GET /notes?q=a&token=a-token");
    for (name, value) in [
        ("x-app-id", "an-app"),
        ("authorization", "Bearer a-secret"),
        ("x-api-version", "2026-11-01"),
        ("x-client", "keys"),
    ] {
        assert_eq!(request.header(name), Some(value));
    }
    // Without a key, the parameter is one of the operation.
    client.health().get().token("own").await?;
    let request = socket.request();
    assert_eq!((request.line(), request.header("authorization")), ("GET /health?token=own", None));
    assert_eq!(request.header("x-api-version"), Some("2026-11-01"));

    let client = Client::builder(credentials()).base_url(socket.url()).extra_header("x-api-version", "2027").build()?;
    client.notes().list().await?;
    assert_eq!(headers(&socket.request().head, "x-api-version"), ["2027"]);
    client.notes().list().extra_header("X-Api-Version", "2028").await?;
    assert_eq!(headers(&socket.request().head, "x-api-version"), ["2028"]);

    assert!(!format!("{:?}", credentials()).contains("a-"));
    let error = Client::new(Credentials { token: "".into(), ..credentials() }).expect_err("an empty key");
    assert_eq!(error.to_string(), "cannot build the client: the API key is empty (KEYS_TOKEN)");
    let error = Client::new(Credentials { token: "a\nb".into(), ..credentials() }).expect_err("a line break");
    assert_eq!(error.to_string(), "cannot build the client: expected 3 API keys, one per line, found 4");
    Ok(())
}

fn headers<'h>(head: &'h str, name: &str) -> Vec<&'h str> {
    head.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).collect()
}
