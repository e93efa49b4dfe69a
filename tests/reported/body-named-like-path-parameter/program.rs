//! A body and a parameter of the same name become separate arguments.

use reported_body_named_like_path_parameter::types::EnvironmentApiKey;
use reported_body_named_like_path_parameter::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;

    client.environments().make_key("a/b", EnvironmentApiKey::new().name("n")).await?;
    let request = socket.request();
    assert_eq!((request.line(), request.body.as_str()), ("POST /environments/a%2Fb/api-keys", r#"{"name":"n"}"#));
    Ok(())
}
