//! Everything that goes wrong ends with the right code and says what to do; nothing panics, and the key is never shown.

use std::io::Read;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use promotekit::mock::{Response, Calls, Fault, RetryAfter};

use super::program::{Ended, Program, server};
use crate::scratch::expect;

const AFFILIATE: &str = "0a565296-4e53-477d-b118-b89e25e1af62";
const NEW: &str = "affiliates create --email new@example.com --first-name New --last-name One";

pub(crate) fn trials() -> Vec<Trial> {
    let usage = USAGE.iter().map(|(name, arguments, said)| {
        Trial::test(format!("command::usage::{name}"), move || {
            Program::new(arguments).env("PROMOTEKIT_API_KEY", "key").run()?.failed(2, said)
        })
    });
    let others = [
        Trial::test("command::no_key", no_key),
        Trial::test("command::a_key_file_without_a_key", a_key_file_without_a_key),
        Trial::test("command::a_wrong_key", a_wrong_key),
        Trial::test("command::codes_of_failures", codes_of_failures),
        Trial::test("command::no_connection", no_connection),
        Trial::test("command::an_unknown_outcome", an_unknown_outcome),
        Trial::test("command::documents_that_do_not_fit", documents_that_do_not_fit),
        Trial::test("command::a_stand_in_file_that_is_none", a_stand_in_file_that_is_none),
        Trial::test("command::texts_of_a_server_do_no_harm", texts_of_a_server_do_no_harm),
    ];
    let mut trials: Vec<_> = usage.chain(others).collect();
    if cfg!(unix) {
        trials.push(Trial::test("command::interrupted", interrupted));
    }
    if cfg!(target_os = "linux") {
        trials.push(Trial::test("command::a_full_disk", a_full_disk));
        trials.push(Trial::test("command::a_lost_answer", a_lost_answer));
    }
    trials
}

/// What is given, and what is said of it. Nothing can be sent: there is no server.
const USAGE: &[(&str, &str, &[&str])] = &[
    ("nothing", "", &["Usage: promotekit"]),
    ("an_unknown_command", "affiliate list", &["unrecognized subcommand 'affiliate'", "affiliates"]),
    ("no_verb", "affiliates", &["Usage: promotekit affiliates"]),
    ("an_unknown_option", "affiliates list --emial x", &["unexpected argument '--emial'", "--email"]),
    ("an_id_that_is_none", "affiliates get 42", &["invalid value '42' for '<ID>': must be a UUID"]),
    ("an_amount_that_is_none", "commissions create --revenue-amount 9,80", &["must be a number"]),
    (
        "an_amount_with_too_many_digits",
        "commissions create --revenue-amount 1234567890123456789012345678901",
        &["must be a number of up to 28 digits"],
    ),
    (
        "amounts_out_of_range",
        "commissions create --referral-id 0a565296-4e53-477d-b118-b89e25e1af62 --revenue-amount -1 --commission-amount 0",
        &["--revenue-amount must be greater than 0", "--commission-amount must be greater than 0", "nothing was sent"],
    ),
    (
        "an_amount_that_json_cannot_carry",
        "commissions create --yes --referral-id 0a565296-4e53-477d-b118-b89e25e1af62 --revenue-amount 12345678901234567.89 --commission-amount 1",
        &["--revenue-amount must fit in a JSON number"],
    ),
    ("a_time_that_is_none", "commissions create --referral-date yesterday", &["such as 2025-06-01T12:00:00Z"]),
    (
        "what_another_value_requires",
        "campaigns create --name x --commission-type fixed --commission-amount 1 --code-mode link",
        &["--website-url is required when `code_mode` is `link` or `both`"],
    ),
    ("required_options", "referrals create --email a@example.com", &["--affiliate-id <UUID>"]),
    (
        "two_sources_for_a_body",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62 --json - --details x",
        &["'--json <FILE>' cannot be used with '--details <TEXT>'"],
    ),
    (
        "no_source_for_a_body",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62",
        &["nothing to send", "--banned", "--json"],
    ),
    (
        "a_body_that_is_not_there",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62 --json no-such-file",
        &["cannot read no-such-file"],
    ),
    ("a_limit_out_of_range", "affiliates list --limit 101", &["--limit must be at most 100"]),
    ("an_unknown_column", "affiliates list --columns emial", &["there is no column `emial`", "email"]),
    ("columns_of_json", "affiliates list -o json --columns id", &["columns are for tables and CSV"]),
    ("a_time_limit_of_nothing", "affiliates list --timeout 0", &["must be a time, such as 30s"]),
    ("a_rate_of_nothing", "affiliates list --rate-limit 0", &["above 0, or `off`"]),
    ("a_base_url_that_is_none", "affiliates list --base-url x", &["the base URL is not a URL"]),
    ("plain_http_to_others", "affiliates list --base-url http://api.example.com", &["http"]),
];

fn no_key() -> Result<(), Failed> {
    let said = ["there is no API key", "PROMOTEKIT_API_KEY", "under Settings, API Keys", "--mock"];
    Program::new("affiliates list").run()?.failed(3, &said)
}

fn a_key_file_without_a_key() -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("key");
    let list = || Program::new("affiliates list --api-key-file").arg(&file);
    list().run()?.failed(3, &["cannot read the API key from"])?;
    std::fs::write(&file, " \n")?;
    list().run()?.failed(3, &["is empty"])
}

fn a_wrong_key() -> Result<(), Failed> {
    let server = server()?;
    for command in ["affiliates list", "auth check"] {
        let program =
            Program::new(command).env("PROMOTEKIT_API_KEY", "pk_wrong").env("PROMOTEKIT_BASE_URL", server.url());
        let ended = program.run()?;
        ended.failed(3, &["401", "check the key"])?;
        expect(!ended.err.contains("pk_wrong"), &ended.err)?;
    }
    Ok(())
}

fn codes_of_failures() -> Result<(), Failed> {
    let faults: [(&str, Fault, i32, &str); 8] = [
        ("affiliates list", Fault::Status(400), 5, "400"),
        ("affiliates list", Fault::Status(403), 3, "403"),
        ("affiliates list", Fault::Status(409), 5, "409"),
        ("affiliates list", Fault::Status(429), 6, "too many requests"),
        ("affiliates list", Fault::RetryLater(429, RetryAfter::Seconds(7)), 6, "wait 7 s"),
        ("affiliates list", Fault::Html(502), 7, "502"),
        ("affiliates list", Fault::Truncate, 7, "connection failed"),
        ("affiliates list", Fault::Oversized(64 << 20), 1, "larger than"),
    ];
    for (command, fault, code, said) in faults {
        let server = server()?;
        server.fault("list_affiliates", Calls::Every, fault)?;
        Program::new(&format!("{command} --retries 0")).to(&server).run()?.failed(code, &["list_affiliates", said])?;
    }
    let server = server()?;
    let unknown = "affiliates get 00000000-0000-4000-8000-000000000000";
    Program::new(unknown).to(&server).run()?.failed(4, &["404"])?;
    server.fault("list_affiliates", Calls::Every, Fault::Delay(Duration::from_secs(60)))?;
    Program::new("affiliates list --retries 0 --timeout 50ms").to(&server).run()?.failed(7, &["within 50ms"])?;
    server.clear_faults();
    server.respond_next(Response::new(200, "application/json", r#"{"success": true, "data": [{"id": 7}]}"#));
    Program::new("affiliates list").to(&server).run()?.failed(1, &["does not fit at `data[0]"])
}

fn no_connection() -> Result<(), Failed> {
    // A port that nobody listens on any more.
    let url = format!("http://{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    let program = Program::new("affiliates list --retries 0 --base-url").arg(url);
    program.env("PROMOTEKIT_API_KEY", "key").run()?.failed(7, &["no connection could be made"])
}

/// What may have been done is not to be repeated blindly: the command that finds out is told, and finds it.
fn an_unknown_outcome() -> Result<(), Failed> {
    let server = server()?;
    server.fault("create_affiliate", Calls::First(1), Fault::CloseAfter)?;
    let ended = Program::new(NEW).to(&server).run()?;
    let told = "promotekit affiliates list --all --email 'new@example.com'";
    ended.failed(8, &["may have acted", "do not repeat `affiliates create`", told])?;
    expect(server.requests_for("create_affiliate").len() == 1, "it was sent again")?;
    let found = Program::new("affiliates list --all --email new@example.com -o jsonl").to(&server).run()?.done()?;
    expect(found.lines().count() == 1, &found)
}

/// What was done is not to be taken for what failed, only because its answer cannot be read or printed.
fn a_lost_answer() -> Result<(), Failed> {
    let told = ["the API has acted", "do not repeat `affiliates create`", "--email 'new@example.com'"];
    let server = server()?;
    server.respond_next(Response::new(200, "application/json", r#"{"success": true, "data": {"id": 7}}"#));
    Program::new(NEW).to(&server).run()?.failed(8, &told)?;
    let mut command = Program::new(NEW).to(&server).command()?;
    let output = command.stdout(std::fs::File::create("/dev/full")?).spawn()?.wait_with_output()?;
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    Ended { code: output.status.code(), out, err }.failed(8, &["cannot write the output", told[0], told[1]])
}

fn documents_that_do_not_fit() -> Result<(), Failed> {
    let update = format!("affiliates update {AFFILIATE} --json -");
    for (body, said) in [
        ("", "standard input is no JSON"),
        ("{\"details\": \"x\"", "standard input is no JSON"),
        ("[]", "standard input must be a JSON object"),
        ("{\"detials\": \"x\"}", "a field `detials`"),
        ("{\"banned\": \"x\"}", "`banned`"),
        ("{\"details\": \"x\", \"details\": \"y\"}", "details"),
        ("{\"email\": \"x\"}", "--email must be an e-mail address"),
    ] {
        let server = server()?;
        let ended = Program::new(&update).input(body).to(&server).run()?;
        ended.failed(2, &[said]).map_err(|error| format!("{body}: {}", error.message().unwrap_or_default()))?;
        expect(server.requests().is_empty(), body)?;
    }
    Ok(())
}

fn a_stand_in_file_that_is_none() -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("objects.json");
    for (text, said) in [
        ("{", "EOF"),
        ("{\"Thing\": []}", "there is no type `Thing`"),
        ("{\"Payout\": [{}]}", "`Payout[0]`"),
        ("{\"Payout\": {}}", "`Payout` is no list"),
    ] {
        std::fs::write(&file, text)?;
        let program = Program::new("payouts list").arg(format!("--mock={}", file.display()));
        program.run()?.failed(1, &["holds no objects of a stand-in", said])?;
        expect(std::fs::read_to_string(&file)? == text, "the file was changed")?;
    }
    Ok(())
}

/// Escape sequences from a server reach no terminal as such.
fn texts_of_a_server_do_no_harm() -> Result<(), Failed> {
    let server = server()?;
    let body = r#"{"success": false, "error": {"message": "no\u001b[2J\u0007 way", "type": "x"}}"#;
    server.respond_next(Response::new(400, "application/json", body));
    let ended = Program::new("affiliates list").to(&server).run()?;
    ended.failed(5, &["no[2J way"])?;
    expect(!ended.err.contains('\u{1b}'), &ended.err)
}

/// The code is that of an interrupted program; of a call that may have been acted on it is said how to find out.
fn interrupted() -> Result<(), Failed> {
    for (command, said) in
        [("affiliates list", "interrupted"), (NEW, "promotekit affiliates list --all --email 'new@example.com'")]
    {
        for signal in ["-INT", "-TERM"] {
            // A server that never answers.
            let silent = TcpListener::bind("127.0.0.1:0")?;
            let program = Program::new(command).env("PROMOTEKIT_API_KEY", "key");
            let program = program.env("PROMOTEKIT_BASE_URL", format!("http://{}", silent.local_addr()?));
            let child = program.command()?.spawn()?;
            let (mut connection, _) = silent.accept()?;
            connection.read_exact(&mut [0; 4])?;
            Command::new("kill").args([signal, &child.id().to_string()]).status()?;
            let output = child.wait_with_output()?;
            let err = String::from_utf8_lossy(&output.stderr);
            expect(output.status.code() == Some(130) && err.contains(said), &format!("{}: {err}", output.status))?;
        }
    }
    Ok(())
}

fn a_full_disk() -> Result<(), Failed> {
    let server = server()?;
    let mut command = Program::new("affiliates list -o json").to(&server).command()?;
    let output = command.stdout(std::fs::File::create("/dev/full")?).spawn()?.wait_with_output()?;
    let err = String::from_utf8_lossy(&output.stderr);
    expect(output.status.code() == Some(1) && err.contains("cannot write the output"), &err)
}
