//! Successful calls: the request that is sent, and the output of the response.

use std::process::{Command, Stdio};

use promotekit::mock::{Calls, Fault, Response};
use promotekit::{Affiliate, Commission};
use serde_json::{Value, json};
use tests::Result;
use tests::program::{KEY, Program, server};

/// IDs of the samples.
const REFERRAL: &str = "6da8b7df-c541-498f-90ef-01d5730ef236";
const AFFILIATE: &str = "0a565296-4e53-477d-b118-b89e25e1af62";

#[test]
fn options_become_the_body() -> Result {
    let server = server();
    let create = "commissions create --yes --revenue-amount 49.00 --commission-amount 9.80 --referral-id";
    let program = Program::new(create).arg(REFERRAL).arg("--stripe-payment-id").arg("it's \"1\"").arg("-ojson");
    let made: Value = serde_json::from_str(&program.to(&server).run().done())?;
    assert!(made["commission_amount"] == 9.8 && made["referral"]["id"] == REFERRAL, "{}", made.to_string());
    let expected = json!({
        "referral_id": REFERRAL, "revenue_amount": 49.0, "commission_amount": 9.8, "stripe_payment_id": "it's \"1\"",
    });
    let sent = server.requests_for("create_commission");
    assert!(sent.len() == 1 && sent[0].json() == Some(expected), "{sent:?}");
    Ok(())
}

/// Amounts are sent exactly as written, whether as options or in a document.
#[test]
fn documents_become_the_body() {
    let server = server();
    let body = format!(r#"{{"revenue_amount": 0.1, "commission_amount": "19.99", "referral_id": "{REFERRAL}"}}"#);
    Program::new("commissions create --yes --json -").input(&body).to(&server).run().done();
    let sent = server.requests_for("create_commission");
    let text = String::from_utf8_lossy(&sent[0].body).into_owned();
    assert!(text.contains(r#""revenue_amount":0.1,"commission_amount":19.99"#), "{text}");
    Program::new(&format!("affiliates update {AFFILIATE} --banned true --details")).arg("").to(&server).run().done();
    let sent = server.requests_for("update_affiliate");
    assert!(sent[0].json() == Some(json!({"banned": true, "details": ""})), "{sent:?}");
}

/// Machine-readable output keeps every digit, and every property in its original position.
#[test]
fn responses_keep_their_text() {
    let object = format!(
        r#"{{"id":"{AFFILIATE}","revenue_amount":49.00,"z":[1.0,{{}}],"commission_amount":"9.80","currency":"usd","a":1e2}}"#
    );
    let body = format!(r#"{{"success": true, "data": {object}}}"#);
    let get = format!("commissions get {AFFILIATE}");
    for (options, expected) in [
        ("-o jsonl", format!("{object}\n")),
        (
            "-o csv --columns id,commission_amount,revenue_amount",
            format!("id,commission_amount,revenue_amount\n{AFFILIATE},9.80,49.00\n"),
        ),
    ] {
        let server = server();
        server.respond_next(Response::new(200, "application/json", body.clone()));
        let out = Program::new(&format!("{get} {options}")).to(&server).run().done();
        assert!(out == expected, "{out}");
    }
    let server = server();
    server.respond_next(Response::new(200, "application/json", body.clone()));
    let out = Program::new(&get).to(&server).run().done();
    assert!(out.contains("revenue_amount     49.00 USD") || out.contains("49.00 USD"), "{out}");
    assert!(out.contains("9.80 USD"), "{out}");
}

#[test]
fn unknown_fields_stay() -> Result {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::UnknownFields)?;
    let out = Program::new("payouts list -o jsonl").to(&server).run().done();
    let row: Value = serde_json::from_str(out.lines().next().unwrap_or_default())?;
    let known = [
        "id",
        "affiliate_name",
        "payout_email",
        "amount",
        "currency",
        "period",
        "payment_count",
        "created_at",
        "affiliate",
    ];
    let unknown = row.as_object().into_iter().flatten().filter(|(name, _)| !known.contains(&name.as_str()));
    assert!(unknown.count() > 0, "{out}");
    Ok(())
}

#[test]
fn all_pages() -> Result {
    let server = promotekit::mock::builder().api_key(KEY).start()?;
    server.seed_many::<Affiliate>(230, |number| json!({"email": format!("a{number}@example.com")}))?;
    for (options, expected) in [("--all", 230), ("--all --limit 50", 230), ("--all --page 3", 30), ("--limit 7", 7)] {
        let out = Program::new(&format!("affiliates list -o jsonl {options}")).to(&server).run().done();
        assert!(out.lines().count() == expected, "{options}: {}", out.lines().count());
    }
    let out = Program::new("affiliates list -o json --all").to(&server).run().done();
    let rows: Vec<Value> = serde_json::from_str(&out)?;
    assert!(rows.len() == 230, "not all rows are in the array");
    Ok(())
}

#[test]
fn one_page_is_not_taken_for_all() {
    let server = server();
    let ended = Program::new("affiliates list --limit 2 -o jsonl").to(&server).run();
    assert!(ended.err == "2 of 3 rows: --page N reads another page, --all reads every page\n", "{}", ended.err);
    let ended = Program::new("affiliates list -o jsonl").to(&server).run();
    assert!(ended.err.is_empty(), "{}", ended.err);
}

#[test]
fn filters() {
    let server = server();
    Program::new(&format!("referrals list --subscription-status active,trialing --affiliate-id {AFFILIATE} --page 2"))
        .to(&server)
        .run()
        .done();
    let query = format!("affiliate_id={AFFILIATE}&page=2&subscription_status=active,trialing");
    server.assert_requests(&[&format!("GET /api/v1/referrals?{query}")]);
}

/// The printed curl command makes exactly the program's request and contains no key.
#[test]
fn dry_run_is_what_would_be_sent() -> Result {
    for arguments in [
        format!(
            "commissions create --referral-id {REFERRAL} --revenue-amount 49 --commission-amount 9.80 --stripe-payment-id it's"
        ),
        format!("affiliates update {AFFILIATE} --approved false"),
        "referrals list --email a+b@example.com --limit 5".to_owned(),
    ] {
        let server = server();
        let curl = Program::new(&format!("{arguments} --dry-run")).to(&server).run().done();
        assert!(server.requests().is_empty(), "a dry run has sent something");
        let status = Command::new("sh")
            .args(["-c", &curl])
            .env("PROMOTEKIT_API_KEY", server.api_key())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        assert!(status.success(), "{curl}");
        let yes = if arguments.contains(" create ") { " --yes" } else { "" };
        Program::new(&format!("{arguments}{yes}")).to(&server).run().done();
        let [by_curl, by_program] = &server.requests()[..] else { panic!("not two requests") };
        let same = by_curl.method == by_program.method
            && by_curl.path == by_program.path
            && by_curl.query == by_program.query
            && by_curl.body == by_program.body
            && by_curl.status == by_program.status;
        assert!(same, "{by_curl:?}\n{by_program:?}");
    }
    // A dry run works without a key.
    for command in ["affiliates list", "auth check"] {
        let out = Program::new(&format!("{command} --dry-run")).run().done();
        assert!(out.contains("\"Authorization: Bearer $PROMOTEKIT_API_KEY\""), "{out}");
    }
    Ok(())
}

#[test]
fn a_mock_server_keeps_what_is_made() -> Result {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("objects.json");
    let mock = format!("--mock={}", file.display());
    let made = Program::new("affiliates create --email new@example.com --first-name New --last-name One -o jsonl")
        .arg(&mock)
        .run()
        .done();
    let affiliate: Affiliate = serde_json::from_str(&made)?;
    let refer = format!("referrals create --email customer@example.com -o jsonl --affiliate-id {}", affiliate.id);
    let referral: Value = serde_json::from_str(&Program::new(&refer).arg(&mock).run().done())?;
    let id = referral["id"].as_str().unwrap_or_default();
    let earn =
        format!("commissions create --yes -o jsonl --revenue-amount 10 --commission-amount 2.5 --referral-id {id}");
    let commission: Commission = serde_json::from_str(&Program::new(&earn).arg(&mock).run().done())?;
    let earner = commission.affiliate.map(|earner| earner.email);
    assert!(earner.as_deref() == Some("new@example.com"), "the commission has another affiliate");
    let listed = Program::new("affiliates list --email new@example.com -o jsonl").arg(&mock).run().done();
    assert!(listed == made, "{listed}");
    // A mock server without a file starts empty.
    let listed = Program::new("affiliates list --email new@example.com -o jsonl --mock").run().done();
    assert!(listed.is_empty(), "{listed}");
    Ok(())
}

/// When a reader such as `head` closes the pipe, the command prints nothing and exits with success.
#[test]
fn a_closed_pipe_is_no_failure() -> Result {
    let server = promotekit::mock::builder().api_key(KEY).start()?;
    server.seed_many::<Affiliate>(500, |number| json!({"email": format!("a{number}@example.com")}))?;
    for format in ["table", "json", "jsonl", "csv"] {
        let mut child = Program::new(&format!("affiliates list --all -o {format}")).to(&server).command().spawn()?;
        drop(child.stdout.take());
        let output = child.wait_with_output()?;
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(0) && err.is_empty(), "{format}: {} {err}", output.status);
    }
    Ok(())
}

#[test]
fn colour_only_where_it_is_wanted() {
    for (options, variable, expected) in [
        ("", None, false),
        ("--color always", None, true),
        ("--color never", None, false),
        ("", Some("CLICOLOR_FORCE"), false),
    ] {
        let mut program = Program::new(&format!("campaigns list --mock {options}"));
        if let Some(name) = variable {
            program = program.env(name, "1").env("NO_COLOR", "1");
        }
        let out = program.run().done();
        assert!(out.contains('\u{1b}') == expected, "{options} {variable:?}: {out:?}");
    }
}

#[test]
fn verbose_tells_of_calls() {
    let server = server();
    for option in ["-v", "-vv"] {
        let ended = Program::new(&format!("affiliates list --email a@example.com {option}")).to(&server).run();
        assert!(ended.err.contains("operation=\"list_affiliates\""), "{}", ended.err);
    }
    let ended = Program::new("affiliates list --email a@example.com -v").to(&server).run();
    assert!(!ended.err.contains("a@example.com"), "{}", ended.err);
    let body = r#"{"errors":[{"title":"no a@example.com","status":7}]}"#;
    server.respond_next(Response::new(422, "application/json", body).with("x-request-id", "req_7"));
    let ended = Program::new("affiliates list -v").to(&server).run();
    for part in
        ["status=422", "request_id=\"req_7\"", "body=\"{errors: [{status: number, title: string}]}\"", "no [redacted]"]
    {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
    assert!(!ended.err.contains("a@example.com"), "{}", ended.err);
}

#[test]
fn the_key_in_a_file() -> Result {
    let server = server();
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("key");
    std::fs::write(&file, format!("{KEY}\n"))?;
    let program = Program::new("auth check --api-key-file").arg(&file);
    let out = program.env("PROMOTEKIT_BASE_URL", server.url()).run().done();
    assert!(out.contains("the key works"), "{out}");
    Ok(())
}
