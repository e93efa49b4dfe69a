//! The public API of the client, as a list in which a review sees what changes for users.
//!
//! It is read from rustdoc's JSON, which only unstable Rust writes, in another format every few versions.

use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use public_api::Builder;

use crate::cases::{expect_file, folder};
use crate::compiled::target_folder;

/// The Rust whose JSON the library reads. Others leave the trial out, unless it is asked for as `.ci/run` does.
const RUST: &str = "1.95.";

const LIST: &str = "generated-client/public-api.txt";

/// Implementations that the compiler uses for itself.
const INTERNAL: [&str; 3] = ["core::marker::Freeze", "core::marker::StructuralPartialEq", "core::marker::UnsafeUnpin"];

/// What there is for rustdoc alone.
const GUIDE: &str = "pub mod promotekit::guide";

pub(crate) fn trials() -> Vec<Trial> {
    let trial = Trial::test("public_api::is_as_listed", is_as_listed);
    vec![trial.with_ignored_flag(!rust_version().starts_with(RUST))]
}

/// The version of the compiler; empty if it does not say.
fn rust_version() -> String {
    let output = Command::new("rustc").arg("--version").current_dir(folder("..")).output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn is_as_listed() -> Result<(), Failed> {
    let target = target_folder()?.join("public-api");
    let output = Command::new(env!("CARGO"))
        .args(["rustdoc", "--locked", "--quiet", "--package", "promotekit", "--lib"])
        // All that has anything public. TLS would take longer to compile than everything else.
        .args(["--no-default-features", "--features", "blocking,mock"])
        .args(["--", "-Zunstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(folder(".."))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let list = list(&target.join("doc/promotekit.json"))?;
    expect_file(&folder("..").join(LIST), &list).map_err(|difference| {
        let difference = difference.message().unwrap_or_default();
        let advice = "CONTRIBUTING.md says what breaks users and what the changelog needs; \
                      `BLESS=1 cargo test -p tests -- public_api` accepts it";
        format!("the public API has changed: {advice}\n{difference}").into()
    })
}

/// One item a line, with the traits of each type, derived and automatic ones as well.
fn list(json: &Path) -> Result<String, Failed> {
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .include_function_parameter_names(true)
        .build()
        .map_err(|error| {
            format!(
                "the library `public-api` does not read what the rustdoc of Rust {} writes: {error}; take a version of it that \
                 does, and name that Rust in tests/suite/public_api.rs",
                rust_version()
            )
        })?;
    let lines = api.items().map(ToString::to_string);
    let lines = lines.filter(|line| !line.starts_with(GUIDE) && !INTERNAL.iter().any(|name| line.contains(name)));
    Ok(lines.map(|line| line + "\n").collect())
}
