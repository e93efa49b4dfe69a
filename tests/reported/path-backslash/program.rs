//! A string in the path stays one segment, whatever it contains (RFC 3986, section 3.3).

use reported_path_backslash::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    for (path, sent) in [
        (r"a\..\..\users\7", "a%5C..%5C..%5Cusers%5C7"),
        ("a/../../users/7", "a%2F..%2F..%2Fusers%2F7"),
        ("%2e%2e%2f", "%252e%252e%252f"),
        ("a?b#c;d", "a%3Fb%23c%3Bd"),
        ("é \t", "%C3%A9%20%09"),
        ("//evil.example.com", "%2F%2Fevil.example.com"),
    ] {
        client.files().run(path, "1").await?;
        assert_eq!(socket.line(), format!("DELETE /files/{sent}/rev/1"));
    }
    for path in [".", "..", ""] {
        let rejected = client.files().run(path, "1").await;
        assert!(matches!(rejected, Err(Error::InvalidRequest { .. })), "{path}: {rejected:?}");
    }
    Ok(())
}
