//! The checked-in files are those that the generator makes, and the command keeps them so.

use std::fs;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use xtask::Outcome;

use crate::cases::{folder, read};
use crate::scratch::{Scratch, expect, xtask};

const SPEC: &str = "spec/openapi.yaml";
const COMMISSIONS: &str = "generated-client/src/generated/types/commissions.rs";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("freshness::checked_in_files_are_fresh", checked_in_files_are_fresh),
        Trial::test("freshness::two_runs_and_two_processes_agree", two_runs_and_two_processes_agree),
        Trial::test("freshness::generate_writes_only_what_changed", generate_writes_only_what_changed),
        Trial::test("freshness::check_names_what_is_wrong", check_names_what_is_wrong),
        Trial::test("freshness::a_resource_without_operations_goes", a_resource_without_operations_goes),
        Trial::test("freshness::nothing_is_written_on_refusal", nothing_is_written_on_refusal),
        Trial::test("freshness::missing_input_is_named", missing_input_is_named),
        Trial::test("freshness::files_of_others_are_left_alone", files_of_others_are_left_alone),
    ]
}

fn checked_in_files_are_fresh() -> Result<(), Failed> {
    let run = xtask(&folder(".."), "generate --check --verbose")?;
    expect(run.outcome == Outcome::Done, &run.err)
}

fn two_runs_and_two_processes_agree() -> Result<(), Failed> {
    let (one, two) = (Scratch::new()?, Scratch::new()?);
    xtask(one.root(), "generate")?;
    xtask(two.root(), "generate")?;
    expect(!one.generated().is_empty() && one.generated() == two.generated(), "two runs in this process differ")?;
    let other = Scratch::new()?;
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "generate", "--root"])
        .arg(other.root())
        .current_dir(folder(".."))
        .output()?;
    expect(status.status.success(), &String::from_utf8_lossy(&status.stderr))?;
    expect(one.generated() == other.generated(), "another process makes other files")
}

fn generate_writes_only_what_changed() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    let first = xtask(scratch.root(), "generate")?;
    let files = scratch.generated().len();
    expect(first.out.lines().filter(|line| line.starts_with("wrote ")).count() == files, &first.out)?;
    expect(first.out.contains(&format!("{files} written, 0 removed, 0 unchanged")), &first.out)?;
    let second = xtask(scratch.root(), "generate")?;
    expect(second.out.contains(&format!("0 written, 0 removed, {files} unchanged")), &second.out)?;
    fs::write(scratch.path(COMMISSIONS), format!("{}// more\n", read(&scratch.path(COMMISSIONS))))?;
    let third = xtask(scratch.root(), "generate --verbose")?;
    expect(third.out.starts_with(&format!("wrote {COMMISSIONS}\n--- on disk\n+++ generated\n")), &third.out)?;
    expect(third.out.contains("-// more\n"), &third.out)?;
    expect(third.out.contains(&format!("1 written, 0 removed, {} unchanged", files - 1)), &third.out)
}

fn check_names_what_is_wrong() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    xtask(scratch.root(), "generate")?;
    let clean = xtask(scratch.root(), "generate --check")?;
    expect(clean.outcome == Outcome::Done && clean.err.is_empty(), &clean.err)?;
    fs::write(scratch.path(COMMISSIONS), read(&scratch.path(COMMISSIONS)).replace("Commission", "Omission"))?;
    fs::remove_file(scratch.path("generated-client/src/generated/meta.rs"))?;
    fs::write(scratch.path("generated-client/src/generated/old.rs"), format!("// {}x.\n", generator::MARKER))?;
    let before = scratch.generated();
    let check = xtask(scratch.root(), "generate --check")?;
    expect(check.outcome == Outcome::Refused, "it passed")?;
    let expected = format!(
        "missing: generated-client/src/generated/meta.rs\norphaned: generated-client/src/generated/old.rs\n\
         stale: {COMMISSIONS}\nrun `cargo xtask generate` to mend this, and commit what it writes\n"
    );
    expect(check.err == expected, &check.err)?;
    expect(scratch.generated() == before, "a check wrote something")?;
    xtask(scratch.root(), "generate")?;
    expect(xtask(scratch.root(), "generate --check")?.outcome == Outcome::Done, "generate did not mend it")
}

fn a_resource_without_operations_goes() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    xtask(scratch.root(), "generate")?;
    let of_payouts =
        |scratch: &Scratch| scratch.generated().iter().filter(|(name, _)| name.contains("payouts")).count();
    expect(of_payouts(&scratch) == 3, "there is not one raw, one types and one resources file of payouts")?;
    let spec = crate::evolution::without_payouts(&read(&scratch.path(SPEC)))?;
    fs::write(scratch.path(SPEC), spec)?;
    for operation in ["list_payouts", "get_payout"] {
        fs::remove_dir_all(scratch.path(&format!("spec/samples/{operation}")))?;
    }
    let run = xtask(scratch.root(), "generate")?;
    expect(run.outcome == Outcome::Done, &run.err)?;
    expect(run.out.contains("removed generated-client/src/generated/resources/payouts.rs\n"), &run.out)?;
    expect(of_payouts(&scratch) == 0, "files of payouts are left")?;
    expect(
        read(&scratch.path(COMMISSIONS)).contains("pub struct Payout {"),
        "commissions lack the payout they refer to",
    )
}

fn nothing_is_written_on_refusal() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    fs::write(
        scratch.path(SPEC),
        read(&scratch.path(SPEC)).replace("operationId: get_payout", "operationId: list_payouts"),
    )?;
    let run = xtask(scratch.root(), "generate")?;
    expect(run.outcome == Outcome::Refused, "it was not refused")?;
    expect(run.err.contains("operation-id-duplicate") && run.err.contains("; nothing was written\n"), &run.err)?;
    expect(scratch.generated().is_empty(), "something was written")?;
    expect(xtask(scratch.root(), "lint")?.outcome == Outcome::Refused, "lint passed")
}

fn missing_input_is_named() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    fs::write(scratch.path("spec/generator.toml"), [0xff, 0xfe])?;
    let unreadable = xtask(scratch.root(), "generate").err().and_then(|failed| failed.message().map(str::to_owned));
    let expected = "cannot read spec/generator.toml: stream did not contain valid UTF-8";
    expect(unreadable.as_deref() == Some(expected), unreadable.as_deref().unwrap_or("it passed"))?;
    fs::remove_file(scratch.path(SPEC))?;
    let missing = xtask(scratch.root(), "lint").err().and_then(|failed| failed.message().map(str::to_owned));
    expect(
        missing.is_some_and(|text| text.starts_with("cannot read spec/openapi.yaml: ")),
        "a missing file is not named",
    )
}

fn files_of_others_are_left_alone() -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    let notes = "generated-client/src/generated/notes.txt";
    fs::create_dir_all(scratch.path("generated-client/src/generated/types"))?;
    fs::write(scratch.path(notes), "mine")?;
    fs::write(scratch.path(COMMISSIONS), "// written by hand\n")?;
    let run = xtask(scratch.root(), "generate").err().and_then(|failed| failed.message().map(str::to_owned));
    expect(
        run.is_some_and(|text| text.starts_with(&format!("{COMMISSIONS} is not a generated file"))),
        "it was overwritten",
    )?;
    expect(scratch.generated().len() == 2, "something was written")?;
    fs::remove_file(scratch.path(COMMISSIONS))?;
    xtask(scratch.root(), "generate")?;
    expect(read(&scratch.path(notes)) == "mine", "a file of someone else was removed")
}
