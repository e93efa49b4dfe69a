//! The speed and peak memory of exporting commissions, compared with a hand-written loop.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use benches::row::{Kind, Row, Target};
use promotekit::mock::Server;
use promotekit::{Affiliate, Commission, Referral};
use serde_json::json;

use crate::start::median;

const FORMATS: [&str; 3] = ["jsonl", "csv", "sqlite"];

#[allow(clippy::cast_precision_loss, reason = "no list is so long")]
pub(crate) fn measure(command: &Path, rounds: usize, rows: usize) -> Vec<Row> {
    let server = server(rows);
    let directory = std::env::temp_dir().join(format!("export-{}", std::process::id()));
    let mut measured = Vec::new();
    for format in FORMATS {
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let (mut our_memory, mut their_memory) = (0_f64, 0_f64);
        for _ in 0..rounds {
            // Files of the last round would be updated instead of written.
            let _ = std::fs::remove_dir_all(&directory);
            let (seconds, memory) = exported(command, &server, &directory, format);
            our_memory = our_memory.max(memory);
            let (peer_seconds, peer_memory) = by_hand(&server, &directory.join("by-hand"));
            their_memory = their_memory.max(peer_memory);
            let pair = [rows as f64 / seconds, rows as f64 / peer_seconds];
            ours.push(pair[0]);
            theirs.push(pair[1]);
            ratios.push(pair[0] / pair[1]);
        }
        measured.push(Row {
            name: format!("export of {rows} rows as {format}"),
            ours: median(&mut ours),
            theirs: Some(median(&mut theirs)),
            unit: "rows/s",
            value: median(&mut ratios),
            kind: Kind::Ratio,
            spread: None,
            target: Target::Told,
        });
        measured.push(Row {
            name: format!("memory of that, {format}"),
            ours: our_memory,
            theirs: Some(their_memory),
            unit: "MB",
            value: our_memory - their_memory,
            kind: Kind::Difference,
            spread: None,
            target: Target::AtMost(100.0 - their_memory),
        });
    }
    let _ = std::fs::remove_dir_all(&directory);
    measured
}

fn server(rows: usize) -> Server {
    let server = promotekit::mock::builder().without_rate_limit().start().expect("a server");
    let affiliate: Affiliate = server.seed(json!({"email": "ada@example.com"})).expect("an affiliate");
    let referral: Referral = server.seed(json!({"affiliate_id": affiliate.id})).expect("a referral");
    let made = server.seed_many::<Commission>(
        rows,
        |number| json!({"commission_amount": number, "revenue_amount": 0.1, "referral_id": referral.id}),
    );
    made.expect("commissions");
    server
}

fn exported(command: &Path, server: &Server, directory: &Path, format: &str) -> (f64, f64) {
    let begun = Instant::now();
    let child = Command::new(command)
        .args(["export", "--only", "commissions", "--rate-limit", "off", "--quiet", "--format", format, "--out"])
        .arg(directory)
        .env("PROMOTEKIT_API_KEY", server.api_key())
        .env("PROMOTEKIT_BASE_URL", server.url())
        .stdout(Stdio::null())
        .spawn()
        .expect("the command");
    let memory = watched(child);
    (begun.elapsed().as_secs_f64(), memory)
}

/// Waits for a process to succeed and returns the highest peak memory seen, in MB.
fn watched(mut child: Child) -> f64 {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0_f64;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes: Option<f64> = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        most = most.max(kilobytes.unwrap_or_default() * 1024.0 / 1e6);
        if let Some(ended) = child.try_wait().expect("a process") {
            assert!(ended.success(), "the export ended with {ended}");
            return most;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn by_hand(server: &Server, file: &Path) -> (f64, f64) {
    let begun = Instant::now();
    let program = std::env::current_exe().expect("this program");
    let output =
        Command::new(program).args(["by-hand", &server.url(), server.api_key()]).arg(file).output().expect("a loop");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seconds = begun.elapsed().as_secs_f64();
    (seconds, String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or_default())
}
