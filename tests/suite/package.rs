//! The files of the published package. `.ci/run` builds a user's project with it.

use std::collections::BTreeSet;
use std::process::Command;

use tests::Result;
use tests::files::{directory, files_below};

/// Files that cargo adds.
const BY_CARGO: [&str; 4] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig"];

#[test]
fn holds_what_users_need() -> Result {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--package", "promotekit", "--allow-dirty"])
        .current_dir(directory(".."))
        .output()?;
    let (listed, said) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    assert!(output.status.success() && !said.contains("warning"), "{said}");
    let below = |name: &str| {
        let files = files_below(&directory("../generated-client").join(name)).into_iter();
        files.map(|(file, _)| format!("{name}/{file}")).collect::<Vec<_>>()
    };
    let sources = below("src").into_iter().filter(|file| !file.starts_with("src/generated/inputs/"));
    let others = BY_CARGO.into_iter().chain(["README.md", "LICENSE-APACHE", "LICENSE-MIT"]).map(str::to_owned);
    let expected: BTreeSet<_> = sources.chain(below("examples")).chain(below("guide")).chain(others).collect();
    let listed: BTreeSet<_> = listed.lines().map(|file| file.replace('\\', "/")).collect();
    let differing: Vec<_> = expected.symmetric_difference(&listed).collect();
    assert!(differing.is_empty(), "missing, or not for users: {differing:?}");
    Ok(())
}
