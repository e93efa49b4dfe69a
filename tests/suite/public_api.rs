//! The public API of the client and of its runtime, as lists that expose changes for users in reviews.
//!
//! The source is rustdoc's JSON, which needs unstable Rust and changes its format every few versions.

use std::path::Path;
use std::process::Command;

use public_api::Builder;
use tests::Result;
use tests::files::{directory, expect_file, target_directory};

/// The packages, each with the file of its list.
const LISTS: [(&str, &str); 2] =
    [("promotekit", "generated-client/public-api.txt"), ("clientsmith-runtime", "generator/runtime/public-api.txt")];

/// Traits that the compiler implements for itself.
const INTERNAL: [&str; 3] = ["core::marker::Freeze", "core::marker::StructuralPartialEq", "core::marker::UnsafeUnpin"];

/// A module for rustdoc only.
const GUIDE: &str = "pub mod promotekit::guide";

/// Returns the compiler's version; empty if it is unknown.
fn rust_version() -> String {
    let output = Command::new("rustc").arg("--version").current_dir(directory("..")).output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
#[ignore = "needs Rust 1.95"]
fn is_as_listed() -> Result {
    let target = target_directory().join("public-api");
    for (package, file) in LISTS {
        let output = Command::new(env!("CARGO"))
            .args(["rustdoc", "--locked", "--quiet", "--package", package, "--lib"])
            // All features with public items. TLS would take longer to compile than everything else.
            .args(["--no-default-features", "--features", "blocking,mock"])
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", &target)
            .current_dir(directory(".."))
            .output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let list = list(&target.join("doc").join(package.replace('-', "_")).with_extension("json"))?;
        // The test harness prints it only if the test fails.
        println!(
            "the public API of {package} has changed: CONTRIBUTING.md says what breaks users and what the changelog needs; \
             `UPDATE_EXPECT=1 cargo test -p tests -- --ignored public_api` accepts it"
        );
        expect_file(&directory("..").join(file), &list);
    }
    Ok(())
}

/// Returns one item per line, with the traits of each type, including derived and automatic ones.
fn list(json: &Path) -> Result<String> {
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
