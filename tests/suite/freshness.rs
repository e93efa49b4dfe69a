//! The checked-in generated files are up to date, and the command keeps them so.

use std::fs;
use std::process::Command;

use tests::Result;
use tests::files::{directory, read, without_payouts};
use xtask::Outcome;

use crate::scratch::{Scratch, xtask};

const SPEC: &str = "spec/openapi.yaml";
const COMMISSIONS: &str = "generated-client/src/generated/types/commissions.rs";

#[test]
fn checked_in_files_are_fresh() -> Result {
    let run = xtask(&directory(".."), "generate --check --verbose")?;
    assert!(run.outcome == Outcome::Done, "{}", run.err);
    Ok(())
}

#[test]
fn two_runs_and_two_processes_agree() -> Result {
    let (one, two) = (Scratch::new()?, Scratch::new()?);
    xtask(one.root(), "generate")?;
    xtask(two.root(), "generate")?;
    assert!(!one.generated().is_empty() && one.generated() == two.generated(), "two runs in this process differ");
    let other = Scratch::new()?;
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "generate", "--root"])
        .arg(other.root())
        .current_dir(directory(".."))
        .output()?;
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    assert!(one.generated() == other.generated(), "another process makes other files");
    Ok(())
}

#[test]
fn generate_writes_only_what_changed() -> Result {
    let scratch = Scratch::new()?;
    let first = xtask(scratch.root(), "generate")?;
    let files = scratch.generated().len();
    assert!(first.out.lines().filter(|line| line.starts_with("wrote ")).count() == files, "{}", first.out);
    assert!(first.out.contains(&format!("{files} written, 0 removed, 0 unchanged")), "{}", first.out);
    let second = xtask(scratch.root(), "generate")?;
    assert!(second.out.contains(&format!("0 written, 0 removed, {files} unchanged")), "{}", second.out);
    fs::write(scratch.path(COMMISSIONS), format!("{}// more\n", read(&scratch.path(COMMISSIONS))))?;
    let third = xtask(scratch.root(), "generate --verbose")?;
    assert!(third.out.starts_with(&format!("wrote {COMMISSIONS}\n--- on disk\n+++ generated\n")), "{}", third.out);
    assert!(third.out.contains("-// more\n"), "{}", third.out);
    assert!(third.out.contains(&format!("1 written, 0 removed, {} unchanged", files - 1)), "{}", third.out);
    Ok(())
}

#[test]
fn check_names_what_is_wrong() -> Result {
    let scratch = Scratch::new()?;
    xtask(scratch.root(), "generate")?;
    let clean = xtask(scratch.root(), "generate --check")?;
    assert!(clean.outcome == Outcome::Done && clean.err.is_empty(), "{}", clean.err);
    fs::write(scratch.path(COMMISSIONS), read(&scratch.path(COMMISSIONS)).replace("Commission", "Omission"))?;
    fs::remove_file(scratch.path("generated-client/src/generated/meta.rs"))?;
    fs::write(scratch.path("generated-client/src/generated/old.rs"), format!("// {}x.\n", generator::MARKER))?;
    let before = scratch.generated();
    let check = xtask(scratch.root(), "generate --check")?;
    assert!(check.outcome == Outcome::Rejected, "it passed");
    let expected = format!(
        "missing: generated-client/src/generated/meta.rs\norphaned: generated-client/src/generated/old.rs\n\
         stale: {COMMISSIONS}\nrun `cargo xtask generate` to fix this, and commit the result\n"
    );
    assert!(check.err == expected, "{}", check.err);
    assert!(scratch.generated() == before, "a check wrote something");
    xtask(scratch.root(), "generate")?;
    assert!(xtask(scratch.root(), "generate --check")?.outcome == Outcome::Done, "generate did not fix it");
    Ok(())
}

#[test]
fn a_resource_without_operations_goes() -> Result {
    let scratch = Scratch::new()?;
    xtask(scratch.root(), "generate")?;
    let of_payouts =
        |scratch: &Scratch| scratch.generated().iter().filter(|(name, _)| name.contains("payouts")).count();
    assert!(of_payouts(&scratch) == 3, "there is not one raw, one types and one resources file of payouts");
    let spec = without_payouts(&read(&scratch.path(SPEC)));
    fs::write(scratch.path(SPEC), spec)?;
    for operation in ["list_payouts", "get_payout"] {
        fs::remove_dir_all(scratch.path(&format!("spec/samples/{operation}")))?;
    }
    let run = xtask(scratch.root(), "generate")?;
    assert!(run.outcome == Outcome::Done, "{}", run.err);
    assert!(run.out.contains("removed generated-client/src/generated/resources/payouts.rs\n"), "{}", run.out);
    assert!(of_payouts(&scratch) == 0, "files of payouts are left");
    assert!(
        read(&scratch.path(COMMISSIONS)).contains("pub struct Payout {"),
        "commissions lack the payout they refer to"
    );
    Ok(())
}

#[test]
fn nothing_is_written_on_rejection() -> Result {
    let scratch = Scratch::new()?;
    fs::write(
        scratch.path(SPEC),
        read(&scratch.path(SPEC)).replace("operationId: get_payout", "operationId: list_payouts"),
    )?;
    let run = xtask(scratch.root(), "generate")?;
    assert!(run.outcome == Outcome::Rejected, "it was not rejected");
    assert!(run.err.contains("operation-id-duplicate") && run.err.contains("; nothing was written\n"), "{}", run.err);
    assert!(scratch.generated().is_empty(), "something was written");
    assert!(xtask(scratch.root(), "lint")?.outcome == Outcome::Rejected, "lint passed");
    Ok(())
}

#[test]
fn missing_input_is_named() -> Result {
    let scratch = Scratch::new()?;
    fs::write(scratch.path("spec/generator.toml"), [0xff, 0xfe])?;
    let unreadable = xtask(scratch.root(), "generate").err().map(|error| error.to_string());
    let expected = "cannot read spec/generator.toml: stream did not contain valid UTF-8";
    assert!(unreadable.as_deref() == Some(expected), "{}", unreadable.as_deref().unwrap_or("it passed"));
    fs::remove_file(scratch.path(SPEC))?;
    let missing = xtask(scratch.root(), "lint").err().map(|error| error.to_string());
    assert!(
        missing.is_some_and(|text| text.starts_with("cannot read spec/openapi.yaml: ")),
        "a missing file is not named"
    );
    Ok(())
}

#[test]
fn files_of_others_are_left_alone() -> Result {
    let scratch = Scratch::new()?;
    let notes = "generated-client/src/generated/notes.txt";
    fs::create_dir_all(scratch.path("generated-client/src/generated/types"))?;
    fs::write(scratch.path(notes), "mine")?;
    fs::write(scratch.path(COMMISSIONS), "// written by hand\n")?;
    let run = xtask(scratch.root(), "generate").err().map(|error| error.to_string());
    assert!(
        run.is_some_and(|text| text.starts_with(&format!("{COMMISSIONS} is not a generated file"))),
        "it was overwritten"
    );
    assert!(scratch.generated().len() == 2, "something was written");
    fs::remove_file(scratch.path(COMMISSIONS))?;
    xtask(scratch.root(), "generate")?;
    assert!(read(&scratch.path(notes)) == "mine", "a file of someone else was removed");
    Ok(())
}
