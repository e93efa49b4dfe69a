//! All clones of a client share a token: it is fetched once, and renewed when it ends or the API rejects it.

use std::collections::BTreeMap;

use golden_client_credentials::{Client, Error};
use socket::{NO_CONTENT, Request, Socket, json};

const REJECTED: &str = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n";

fn token(text: &str, expires_in: &str) -> String {
    json(&format!(r#"{{"access_token":"{text}","token_type":"Bearer","expires_in":{expires_in}}}"#))
}

fn client(api: &Socket, tokens: &Socket) -> Result<Client, Error> {
    let builder = Client::with_client_credentials("an id", "s:cret");
    builder.base_url(api.url()).token_url(format!("{}/oauth/token", tokens.url())).build()
}

fn authorization(request: &Request) -> &str {
    request.header("authorization").unwrap_or_default()
}

/// The argument with which the program runs the command of the crate.
const COMMAND: &str = "command";

fn main() -> std::process::ExitCode {
    if std::env::args().nth(1).as_deref() == Some(COMMAND) {
        return golden_client_credentials::cli::run(["notes", "notes", "list"]);
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run()).expect("no error");
    std::process::ExitCode::SUCCESS
}

async fn run() -> Result<(), Error> {
    shared().await?;
    rejected_by_the_api().await?;
    rejected_by_the_token_endpoint().await;
    settings();
    command();
    Ok(())
}

/// The command reads the same variables. A path as token URL is on the API's server.
fn command() {
    let server = Socket::replying([token("a", "60"), NO_CONTENT.to_owned()]);
    let program = std::env::current_exe().expect("the program");
    let run_at = |server: &Socket, variables: &[(&str, &str)]| {
        let mut command = std::process::Command::new(&program);
        command.arg(COMMAND).env("API_BASE_URL", server.url()).envs(variables.iter().copied());
        command.output().expect("an exit code")
    };
    let run = |variables: &[(&str, &str)]| run_at(&server, variables);
    let both = [("NOTES_CLIENT_ID", "id"), ("NOTES_CLIENT_SECRET", "secret")];
    let output = run(&both);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!([server.line(), server.line()], ["POST /oauth/token", "GET /notes"]);
    for (variables, missing) in [(&both[..1], "NOTES_CLIENT_SECRET"), (&both[1..], "NOTES_CLIENT_ID"), (&[], "NOTES_CLIENT_ID")] {
        let output = run(variables);
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains(&format!("set the environment variable {missing}")), "{message}");
    }
    // The id or the secret is wrong.
    let output = run_at(&Socket::replying([REJECTED]), &both);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let output = run(&[("API_KEY", "own")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(authorization(&server.request()), "Bearer own");
}

async fn shared() -> Result<(), Error> {
    let api = Socket::replying([NO_CONTENT]);
    let tokens = Socket::replying([token("old", "\"0\""), token("new", "3600")]);
    let client = client(&api, &tokens)?;
    client.health().get().await?;
    assert_eq!(authorization(&api.request()), "");
    client.notes().list().await?;
    assert_eq!(authorization(&api.request()), "Bearer old");
    let first = tokens.request();
    assert_eq!(first.line(), "POST /oauth/token");
    // RFC 6749, section 2.3.1: `an+id:s%3Acret`.
    assert_eq!(authorization(&first), "Basic YW4raWQ6cyUzQWNyZXQ=");
    assert_eq!(first.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(first.body, "grant_type=client_credentials&scope=read+write");
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.notes().list().await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("a task")?;
    }
    let mut seen = BTreeMap::new();
    for _ in 0..100 {
        *seen.entry(authorization(&api.request()).to_owned()).or_insert(0) += 1;
    }
    assert_eq!(seen, BTreeMap::from([("Bearer new".to_owned(), 100)]));
    tokens.request();
    assert!(tokens.is_idle());
    Ok(())
}

/// A token that the API no longer accepts is renewed once, even for a create: a rejected request had no effect.
async fn rejected_by_the_api() -> Result<(), Error> {
    let api = Socket::replying([NO_CONTENT, REJECTED, NO_CONTENT, REJECTED]);
    let tokens = Socket::replying([token("a", "3600"), token("b", "3600"), token("c", "3600")]);
    let client = client(&api, &tokens)?;
    client.notes().list().await?;
    client.notes().create().await?;
    let seen = [api.request(), api.request(), api.request()];
    assert_eq!(seen.each_ref().map(authorization), ["Bearer a", "Bearer a", "Bearer b"]);
    let error = client.notes().list().await.expect_err("the API rejects every token");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let seen = [api.request(), api.request()];
    assert_eq!(seen.each_ref().map(authorization), ["Bearer b", "Bearer c"]);
    assert!(api.is_idle());
    Ok(())
}

async fn rejected_by_the_token_endpoint() {
    let refused = r#"{"error":"invalid_client","error_description":"no s:cret of ada@example.com"}"#;
    let refused = json(refused).replace("200 OK", "401 Unauthorized");
    for (reply, expected) in [
        (refused, "the token endpoint responded 401 Unauthorized (invalid_client: no [redacted] of [redacted])"),
        (json("{}"), "the response of the token endpoint has no `access_token`"),
        (json(r#"{"access_token":"a","token_type":"mac"}"#), "the token endpoint issued a token of the type `mac`, not `bearer`"),
        (json(r#"{"access_token":"a\nb"}"#), "the token endpoint issued a token that does not fit in a header"),
    ] {
        let (api, tokens) = (Socket::replying([NO_CONTENT]), Socket::replying([reply]));
        let error = client(&api, &tokens).expect("a client").notes().list().await.expect_err(expected);
        assert_eq!(error.to_string(), format!("list_notes: {expected}"));
        assert!(!error.is_retryable() && !error.request_sent() && api.is_idle());
        assert!(!format!("{error:?}").contains("s:cret"));
    }
    // A temporary failure is retried.
    let tokens = Socket::replying(["HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n".to_owned(), token("a", "60")]);
    let api = Socket::replying([NO_CONTENT]);
    client(&api, &tokens).expect("a client").notes().create().await.expect("a token at the second attempt");
}

fn settings() {
    for (builder, expected) in [
        (Client::with_client_credentials("", "s"), "the client id is empty"),
        (Client::with_client_credentials("i", " "), "the client secret is empty"),
        (
            Client::with_client_credentials("i", "s").token_url("http://example.com/t"),
            "the token URL would send the API key over plain http; use https",
        ),
        (Client::with_client_credentials("i", "s").token_url("t"), "the token URL is not a URL (relative URL without a base)"),
    ] {
        let error = builder.build().expect_err(expected);
        assert_eq!(error.to_string(), format!("cannot build the client: {expected}"));
    }
    // The default URL is on the API's server.
    assert!(Client::with_client_credentials("i", "s").build().is_ok());
    assert!(Client::new("a token of the user's own".replace(' ', "-")).is_ok());
    let error = Client::from_env().expect_err("no variable is set");
    let expected = "the environment variable NOTES_CLIENT_ID is not set; the environment variable NOTES_CLIENT_SECRET is not set";
    assert_eq!(error.to_string(), format!("cannot build the client: {expected}"));
}
