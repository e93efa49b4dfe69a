//! Every error ends with the right exit code and advice. Nothing panics, and the key never appears.

use std::io::Read;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use promotekit::mock::{Calls, Fault, Response, RetryAfter};
use tests::Result;
use tests::program::{Ended, Program, server};

const AFFILIATE: &str = "0a565296-4e53-477d-b118-b89e25e1af62";

const NEW: &str = "affiliates create --email new@example.com --first-name New --last-name One";

#[test]
fn no_key() {
    let said = ["no API key is set", "PROMOTEKIT_API_KEY", "under Settings, API Keys", "--mock"];
    Program::new("affiliates list").run().failed(3, &said);
}

#[test]
fn a_key_file_without_a_key() -> Result {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("key");
    let list = || Program::new("affiliates list --api-key-file").arg(&file);
    list().run().failed(3, &["cannot read the API key from"]);
    std::fs::write(&file, " \n")?;
    list().run().failed(3, &["is empty"]);
    Ok(())
}

#[test]
fn a_wrong_key() {
    let server = server();
    for command in ["affiliates list", "auth check"] {
        let program =
            Program::new(command).env("PROMOTEKIT_API_KEY", "pk_wrong").env("PROMOTEKIT_BASE_URL", server.url());
        let ended = program.run();
        ended.failed(3, &["401", "check the key"]);
        assert!(!ended.err.contains("pk_wrong"), "{}", ended.err);
    }
}

#[test]
fn codes_of_failures() -> Result {
    let faults: [(&str, Fault, i32, &str); 8] = [
        ("affiliates list", Fault::Status(400), 5, "400"),
        ("affiliates list", Fault::Status(403), 3, "403"),
        ("affiliates list", Fault::Status(409), 5, "409"),
        ("affiliates list", Fault::Status(429), 6, "too many requests"),
        ("affiliates list", Fault::RetryLater(429, RetryAfter::Seconds(7)), 6, "wait 7 s"),
        ("affiliates list", Fault::Html(502), 7, "502"),
        ("affiliates list", Fault::Truncate, 7, "connection broke"),
        ("affiliates list", Fault::Oversized(64 << 20), 1, "larger than"),
    ];
    for (command, fault, code, said) in faults {
        let server = server();
        server.fault("list_affiliates", Calls::Every, fault)?;
        Program::new(&format!("{command} --retries 0")).to(&server).run().failed(code, &["list_affiliates", said]);
    }
    let server = server();
    let unknown = "affiliates get 00000000-0000-4000-8000-000000000000";
    Program::new(unknown).to(&server).run().failed(4, &["404"]);
    server.fault("list_affiliates", Calls::Every, Fault::Delay(Duration::from_secs(60)))?;
    Program::new("affiliates list --retries 0 --timeout 50ms").to(&server).run().failed(7, &["within 50ms"]);
    server.clear_faults();
    server.respond_next(Response::new(200, "application/json", r#"{"success": true, "data": [{"id": 7}]}"#));
    Program::new("affiliates list").to(&server).run().failed(1, &["is not as documented at `data[0]"]);
    Ok(())
}

#[test]
fn no_connection() -> Result {
    // A port that nothing listens on any more.
    let url = format!("http://{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    let program = Program::new("affiliates list --retries 0 --base-url").arg(url);
    program.env("PROMOTEKIT_API_KEY", "key").run().failed(7, &["cannot connect"]);
    Ok(())
}

/// Calls with an unknown outcome must not be retried blindly: the error suggests a command that finds the result.
#[test]
fn an_unknown_outcome() -> Result {
    let server = server();
    server.fault("create_affiliate", Calls::First(1), Fault::CloseAfter)?;
    let ended = Program::new(NEW).to(&server).run();
    let suggestion = "promotekit affiliates list --all --email 'new@example.com'";
    ended.failed(8, &["may have processed", "do not run `affiliates create` again", suggestion]);
    assert!(server.requests_for("create_affiliate").len() == 1, "it was sent again");
    let found = Program::new("affiliates list --all --email new@example.com -o jsonl").to(&server).run().done();
    assert!(found.lines().count() == 1, "{found}");
    Ok(())
}

/// An unreadable or unprintable response does not make a successful call look failed.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full")]
fn a_lost_response() -> Result {
    let expected = ["the API has processed", "do not run `affiliates create` again", "--email 'new@example.com'"];
    let server = server();
    server.respond_next(Response::new(200, "application/json", r#"{"success": true, "data": {"id": 7}}"#));
    Program::new(NEW).to(&server).run().failed(8, &expected);
    let mut command = Program::new(NEW).to(&server).command();
    let output = command.stdout(std::fs::File::create("/dev/full")?).spawn()?.wait_with_output()?;
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    Ended { code: output.status.code(), out, err }.failed(8, &["cannot write the output", expected[0], expected[1]]);
    Ok(())
}

#[test]
fn documents_that_do_not_fit() {
    let update = format!("affiliates update {AFFILIATE} --json -");
    for (body, said) in [
        ("", "standard input is not JSON"),
        ("{\"details\": \"x\"", "standard input is not JSON"),
        ("[]", "standard input must be a JSON object"),
        ("{\"detials\": \"x\"}", "an unknown field `detials`"),
        ("{\"banned\": \"x\"}", "`banned`"),
        ("{\"details\": \"x\", \"details\": \"y\"}", "details"),
        ("{\"email\": \"x\"}", "--email must be an e-mail address"),
    ] {
        let server = server();
        let ended = Program::new(&update).input(body).to(&server).run();
        ended.failed(2, &[said]);
        assert!(server.requests().is_empty(), "{body}");
    }
}

#[test]
fn a_mock_server_file_that_is_none() -> Result {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("objects.json");
    for (text, said) in [
        ("{", "EOF"),
        ("{\"Thing\": []}", "unknown type `Thing`"),
        ("{\"Payout\": [{}]}", "`Payout[0]`"),
        ("{\"Payout\": {}}", "`Payout` is not a list"),
    ] {
        std::fs::write(&file, text)?;
        let program = Program::new("payouts list").arg(format!("--mock={}", file.display()));
        program.run().failed(1, &["is not a file of the mock server", said]);
        assert!(std::fs::read_to_string(&file)? == text, "the file was changed");
    }
    Ok(())
}

/// Escape sequences from a server never reach the terminal.
#[test]
fn texts_of_a_server_do_no_harm() {
    let server = server();
    let body = r#"{"success": false, "error": {"message": "no\u001b[2J\u0007 way", "type": "x"}}"#;
    server.respond_next(Response::new(400, "application/json", body));
    let ended = Program::new("affiliates list").to(&server).run();
    ended.failed(5, &["no[2J way"]);
    assert!(!ended.err.contains('\u{1b}'), "{}", ended.err);
}

/// The exit code is that of an interrupted program. If the call may have been processed, the message
/// includes a command that checks it.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn interrupted() -> Result {
    for (command, said) in
        [("affiliates list", "interrupted"), (NEW, "promotekit affiliates list --all --email 'new@example.com'")]
    {
        for signal in ["-INT", "-TERM"] {
            // A server that never responds.
            let silent = TcpListener::bind("127.0.0.1:0")?;
            let program = Program::new(command).env("PROMOTEKIT_API_KEY", "key");
            let program = program.env("PROMOTEKIT_BASE_URL", format!("http://{}", silent.local_addr()?));
            let child = program.command().spawn()?;
            let (mut connection, _) = silent.accept()?;
            connection.read_exact(&mut [0; 4])?;
            Command::new("kill").args([signal, &child.id().to_string()]).status()?;
            let output = child.wait_with_output()?;
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.code() == Some(130) && err.contains(said), "{}: {err}", output.status);
        }
    }
    Ok(())
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full")]
fn a_full_disk() -> Result {
    let server = server();
    let mut command = Program::new("affiliates list -o json").to(&server).command();
    let output = command.stdout(std::fs::File::create("/dev/full")?).spawn()?.wait_with_output()?;
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && err.contains("cannot write the output"), "{err}");
    Ok(())
}
