//! One API in every version of OpenAPI: all yield the same crate.

use std::path::Path;

use generator::{FileSet, Input, Source, generate_crate};
use libtest_mimic::{Failed, Trial};

use tests::files::{directory, input};

/// The version that the others are compared with.
const FIRST: &str = "openapi_30";
const OTHERS: [&str; 4] = ["files/openapi", "openapi_31", "openapi_32", "swagger"];
/// Words of lines about the crate's own document.
const PROVENANCE: [&str; 2] = ["spec ", "SPEC_HASH"];

pub(crate) fn cases() -> Vec<Trial> {
    OTHERS.iter().map(|name| Trial::test(format!("version::{name}"), || check(name))).collect()
}

fn check(name: &str) -> Result<(), Failed> {
    let (first, other) = (generated(FIRST)?, generated(name)?);
    let names = |files: &FileSet| {
        let names = files.iter().map(|(name, _)| name.to_owned());
        names.filter(|name| !name.contains("/inputs/")).collect::<Vec<_>>()
    };
    if names(&first) != names(&other) {
        return Err("the crates have different files".into());
    }
    for (file, text) in first.iter().filter(|(file, _)| !file.contains("/inputs/")) {
        let lines = |text: &str| {
            let is_own = |line: &&str| PROVENANCE.iter().any(|word| line.contains(word));
            text.lines().filter(|line| !is_own(line)).map(str::to_owned).collect::<Vec<_>>()
        };
        let (expected, found) = (lines(text), lines(other.get(file).unwrap_or_default()));
        if let Some((expected, found)) = expected.iter().zip(&found).find(|(expected, found)| expected != found) {
            return Err(format!("{file} differs:\n{expected}\n{found}").into());
        }
        if expected.len() != found.len() {
            return Err(format!("{file} has {} lines, and not {}", found.len(), expected.len()).into());
        }
    }
    Ok(())
}

fn generated(name: &str) -> Result<FileSet, Failed> {
    let path = directory("corpus/versions").join(format!("{name}.yaml"));
    let Input { spec, config, files, .. } = input(&path, Path::new(""), Path::new(""));
    let spec = Source { name: "openapi.yaml".to_owned(), ..spec };
    let files = generate_crate(&Input { files, ..Input::new(spec, config) })
        .map_err(|diagnostics| diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    if let Some(warning) = files.warnings().first() {
        return Err(warning.to_string().into());
    }
    Ok(files)
}
