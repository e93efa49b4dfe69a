//! Exports by the real program: complete, killed at any time, rejected.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use promotekit::mock::{Calls, Fault, Server};
use promotekit::{Affiliate, Campaign, Commission, Payout, Referral};
use serde_json::{Value, json};
use tests::Result;
use tests::program::{self, KEY, Program};

const FORMATS: [&str; 3] = ["jsonl", "csv", "sqlite"];
const LISTS: [&str; 5] = ["affiliates", "campaigns", "referrals", "commissions", "payouts"];
/// The directory of unfinished exports.
const WORK: &str = ".unfinished-export";

/// Starts a server with this many objects of each kind.
fn filled(count: usize) -> Result<Server> {
    let server = promotekit::mock::builder().without_rate_limit().api_key(KEY).start()?;
    let campaign: Campaign = server.seed(json!({"name": "Spring"}))?;
    let affiliate: Affiliate = server.seed(json!({"email": "ada@example.com", "campaign_id": campaign.id}))?;
    let referral: Referral = server.seed(json!({"email": "charles@example.com", "affiliate_id": affiliate.id}))?;
    server.seed_many::<Campaign>(count, |number| json!({"name": format!("Campaign, \"{number}\"")}))?;
    server.seed_many::<Affiliate>(count, |number| json!({"email": format!("a{number}@example.com")}))?;
    server.seed_many::<Referral>(
        count,
        |number| json!({"email": format!("r{number}@example.com"), "affiliate_id": affiliate.id}),
    )?;
    server.seed_many::<Commission>(count, |number| {
        json!({"commission_amount": number, "revenue_amount": 0.1, "referral_id": referral.id, "undocumented": [number]})
    })?;
    server.seed_many::<Payout>(count, |number| json!({"amount": number, "affiliate_id": affiliate.id}))?;
    Ok(server)
}

fn export(server: &Server, directory: &Path, options: &str) -> Program {
    Program::new(&format!("export --rate-limit off {options} --out")).arg(directory).to(server)
}

/// Returns the rows that the server lists, one per line.
fn listed(server: &Server, list: &str) -> String {
    Program::new(&format!("{list} list --all -o jsonl --rate-limit off")).to(server).run().done()
}

/// Returns the number of times exports are killed; `KILLS` overrides it.
fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(5)
}

mod killed {
    #[test]
    fn jsonl() -> tests::Result {
        super::killed("jsonl")
    }

    #[test]
    fn csv() -> tests::Result {
        super::killed("csv")
    }

    #[test]
    fn sqlite() -> tests::Result {
        super::killed("sqlite")
    }
}

/// Kills exports at random times. Only complete files have final names, and resumed exports equal uninterrupted ones.
fn killed(format: &str) -> Result {
    let server = filled(700)?;
    let scratch = tempfile::tempdir()?;
    // Builds the program first, so that the build is not timed.
    program::path();
    let whole = scratch.path().join("whole");
    let begun = std::time::Instant::now();
    export(&server, &whole, &format!("--format {format}")).run().done();
    let longest = begun.elapsed();
    let expected = contents(&whole)?;
    let (mut killed, mut round) = (0, 0);
    while killed < kills() {
        round += 1;
        let directory = scratch.path().join(round.to_string());
        let ended = loop {
            let mut child = export(&server, &directory, &format!("--format {format}")).command().spawn()?;
            std::thread::sleep(longest.mul_f64(fastrand::f64()));
            // SIGKILL: no code of the program runs afterwards.
            child.kill()?;
            let output = child.wait_with_output()?;
            if output.status.code().is_some() {
                break output;
            }
            killed += 1;
            nothing_partial(&directory, &expected)?;
        };
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        assert!(contents(&directory)? == expected, "round {round} differs");
        Program::new("export --verify --out").arg(&directory).run().done();
        assert!(!directory.join(WORK).exists(), "the work directory is left");
    }
    Ok(())
}

/// Returns every file with a final name, without the parts that vary between exports.
fn contents(directory: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = match path.extension().and_then(|extension| extension.to_str()) {
            _ if name.starts_with('.') => continue,
            Some("sqlite") => rows_of(&path)?,
            Some("json") => hashes(&fs::read_to_string(&path)?)?,
            _ => fs::read_to_string(&path)?,
        };
        found.insert(name, text);
    }
    Ok(found)
}

/// Returns the rows of all tables as the API sent them, sorted by ID.
fn rows_of(database: &Path) -> Result<String> {
    let database = rusqlite::Connection::open_with_flags(database, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut tables = Vec::new();
    for list in LISTS {
        let mut rows = database.prepare(&format!("SELECT json FROM {list} ORDER BY id"))?;
        let rows = rows.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        tables.push(format!("{list}: {}\n{}\n", rows.len(), rows.join("\n")));
    }
    Ok(tables.concat())
}

/// Returns the manifest's entries of the lists, which do not vary between exports.
fn hashes(manifest: &str) -> Result<String> {
    let manifest: Value = serde_json::from_str(manifest)?;
    Ok(manifest["exports"][0]["resources"].to_string())
}

/// Checks that files with final names are complete.
fn nothing_partial(directory: &Path, expected: &BTreeMap<String, String>) -> Result {
    if !directory.exists() {
        return Ok(());
    }
    for (name, text) in contents(directory)? {
        assert!(expected.get(&name) == Some(&text), "{name} is partial");
    }
    Ok(())
}

/// Files contain exactly the rows that the server lists, in its order.
#[test]
fn is_what_the_server_has() -> Result {
    let server = filled(230)?;
    let scratch = tempfile::tempdir()?;
    export(&server, scratch.path(), "").run().done();
    export(&server, scratch.path(), "--format csv").run().done();
    for list in LISTS {
        let rows = listed(&server, list);
        assert!(rows.lines().count() > 229, "{rows}");
        assert!(fs::read_to_string(scratch.path().join(format!("{list}.jsonl")))? == rows, "{list}");
        let csv = Program::new(&format!("{list} list --all -o csv --rate-limit off")).to(&server).run().done();
        assert!(fs::read_to_string(scratch.path().join(format!("{list}.csv")))? == csv, "{list}");
    }
    Ok(())
}

/// Amounts are exact text, relations are IDs, and each row is kept as sent. The next export updates rows by ID.
#[test]
fn the_database() -> Result {
    let server = filled(120)?;
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("promotekit.sqlite");
    export(&server, scratch.path(), "--format sqlite").run().done();
    for list in LISTS {
        let sent = listed(&server, list);
        let mut sent: Vec<_> = sent.lines().collect();
        sent.sort_unstable_by_key(|row| {
            serde_json::from_str::<Value>(row).map(|row| row["id"].to_string()).unwrap_or_default()
        });
        let expected = format!("{list}: {}\n{}\n", sent.len(), sent.join("\n"));
        assert!(rows_of(&file)?.contains(&expected), "{list}");
    }
    let database = rusqlite::Connection::open(&file)?;
    let query = "SELECT typeof(revenue_amount) || ' ' || revenue_amount || ' ' || typeof(affiliate_id) || ' ' || \
                 (SELECT email FROM affiliates WHERE affiliates.id = commissions.affiliate_id) || ' ' || \
                 (SELECT email FROM referrals WHERE referrals.id = commissions.referral_id) || ' ' || \
                 (json ->> '$.undocumented[0]') FROM commissions WHERE commission_amount = '77'";
    let row: String = database.query_row(query, [], |row| row.get(0))?;
    assert!(row == "text 0.1 text ada@example.com charles@example.com 77", "{row}");
    drop(database);

    let affiliate: Value = serde_json::from_str(listed(&server, "affiliates").lines().next().unwrap_or_default())?;
    let id = affiliate["id"].as_str().unwrap_or_default();
    Program::new(&format!("affiliates update {id} --details changed")).to(&server).run().done();
    server.seed::<Affiliate>(json!({"email": "later@example.com"}))?;
    export(&server, scratch.path(), "--format sqlite --only affiliates").run().done();
    let database = rusqlite::Connection::open(&file)?;
    let counted = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0));
    assert!(counted("SELECT count(*) FROM affiliates")? == 122, "rows were lost or came twice");
    assert!(counted("SELECT count(*) FROM affiliates WHERE details = 'changed'")? == 1, "nothing was updated");
    assert!(counted("SELECT count(*) FROM commissions")? == 120, "another list was touched");
    Ok(())
}

#[test]
fn verify_finds_what_has_changed() -> Result {
    let server = filled(20)?;
    for format in FORMATS {
        let scratch = tempfile::tempdir()?;
        let verify = || Program::new("export --verify --out").arg(scratch.path()).run();
        verify().failed(1, &["no complete export exists"]);
        export(&server, scratch.path(), &format!("--format {format}")).run().done();
        verify().done();
        let file = scratch.path().join(if format == "sqlite" {
            "promotekit.sqlite".to_owned()
        } else {
            format!("payouts.{format}")
        });
        let mut bytes = fs::read(&file)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, &bytes)?;
        verify().failed(1, &["has changed since the export", &file.file_name().unwrap_or_default().to_string_lossy()]);
        fs::remove_file(&file)?;
        verify().failed(1, &["has changed since the export"]);
    }
    Ok(())
}

/// A directory that belongs to something else is left unchanged.
#[test]
fn rejections() -> Result {
    let server = filled(3)?;
    let other = promotekit::mock::builder().api_key("pk_other").start()?;
    let scratch = tempfile::tempdir()?;
    let directory = scratch.path().join("out");
    export(&server, &directory, "").run().done();
    let before = contents(&directory)?;
    let another_key = Program::new("export --out").arg(&directory).env("PROMOTEKIT_API_KEY", "pk_other");
    another_key.env("PROMOTEKIT_BASE_URL", server.url()).run().failed(2, &["another API key"]);
    Program::new("export --out")
        .arg(&directory)
        .to(&other)
        .run()
        .failed(2, &["contains an export from", "use another directory"]);
    assert!(contents(&directory)? == before, "a rejected export has changed something");

    let file = scratch.path().join("file");
    fs::write(&file, "mine")?;
    export(&server, &file, "").run().failed(1, &["file"]);
    assert!(fs::read_to_string(&file)? == "mine", "a file was changed");

    let foreign = scratch.path().join("foreign");
    fs::create_dir(&foreign)?;
    fs::write(foreign.join("payouts.jsonl"), "mine")?;
    export(&server, &foreign, "").run().failed(2, &["payouts.jsonl does not belong to an export"]);
    assert!(fs::read_to_string(foreign.join("payouts.jsonl"))? == "mine", "a file was changed");

    // An unfinished export in another format.
    let unfinished = scratch.path().join("unfinished");
    server.fault("list_payouts", Calls::Every, Fault::Status(400))?;
    export(&server, &unfinished, "").run().failed(5, &["payouts: page 1 could not be read", "400"]);
    export(&server, &unfinished, "--format csv").run().failed(2, &["contains an unfinished export as jsonl"]);
    export(&server, &unfinished, "--only payouts").run().failed(2, &["contains an unfinished export of"]);
    Program::new("export --verify --out").arg(&unfinished).run().failed(1, &["run the export again to complete it"]);
    server.clear_faults();
    export(&server, &unfinished, "").run().done();
    Program::new("export --out x --only payments").to(&server).run().failed(2, &["payments", "payouts"]);
    Ok(())
}

#[test]
fn only_some() -> Result {
    let server = filled(3)?;
    let scratch = tempfile::tempdir()?;
    export(&server, scratch.path(), "--only payouts,campaigns").run().done();
    let names: Vec<_> = contents(scratch.path())?.into_keys().collect();
    assert!(names == ["campaigns.jsonl", "manifest.json", "payouts.jsonl"], "{}", names.join(" "));
    Ok(())
}

#[test]
fn progress_in_lines() -> Result {
    let server = filled(3)?;
    let scratch = tempfile::tempdir()?;
    let ended = export(&server, &scratch.path().join("a"), "").run();
    assert!(
        ended.err.lines().any(|line| line.starts_with("payouts: 3 rows")) && !ended.err.contains('\u{1b}'),
        "{}",
        ended.err
    );
    let ended = export(&server, &scratch.path().join("b"), "--quiet").run();
    assert!(ended.err.is_empty() && ended.code == Some(0), "{}", ended.err);
    Ok(())
}

/// When the API stops responding, rows already read are kept and not read again.
#[test]
fn a_failing_server() -> Result {
    for format in FORMATS {
        let server = filled(450)?;
        let scratch = tempfile::tempdir()?;
        let options = format!("--format {format} --retries 0 --only commissions");
        server.fault("list_commissions", Calls::Nth(4), Fault::Delay(Duration::from_millis(1)))?;
        server.fault("list_commissions", Calls::Nth(5), Fault::Status(503))?;
        export(&server, scratch.path(), &options).run().failed(7, &["commissions: page 5", "the same command resumes"]);
        assert!(!scratch.path().join("manifest.json").exists(), "there is a manifest");
        server.clear_faults();
        let before = server.requests().len();
        export(&server, scratch.path(), &options).run().done();
        let more = server.requests().len() - before;
        assert!(more <= 2, "{more} pages were read again");
        Program::new("export --verify --out").arg(scratch.path()).run().done();
    }
    Ok(())
}
