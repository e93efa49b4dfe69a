//! One API in every version of OpenAPI, and as the bundle of each: all yield the same crate.

use std::path::Path;

use generator::{Diagnostic, FileSet, Input, Source, bundle, generate_crate};
use libtest_mimic::{Failed, Trial};

use tests::files::{directory, input};

/// The version that the others are compared with.
const FIRST: &str = "openapi_30";
const OTHERS: [&str; 4] = ["files/openapi", "openapi_31", "openapi_32", "swagger"];
/// Words of lines about the crate's own document.
const PROVENANCE: [&str; 2] = ["spec ", "SPEC_HASH"];

pub(crate) fn cases() -> Vec<Trial> {
    let versions = OTHERS.iter().map(|name| Trial::test(format!("version::{name}"), || check(name)));
    let all = || OTHERS.iter().chain([&FIRST]);
    let bundles = all().flat_map(|name| {
        ["bundle.yaml", "bundle.json"]
            .map(|file| Trial::test(format!("version::{name}::{file}"), move || check_bundle(name, file)))
    });
    versions.chain(bundles).collect()
}

fn check(name: &str) -> Result<(), Failed> {
    same(&generated(&read(name))?, &generated(&read(FIRST))?)
}

/// The bundle of a bundle is itself, and yields the same crate.
fn check_bundle(name: &str, file: &str) -> Result<(), Failed> {
    let bundled = |input: &Input| {
        let files = bundle(input, file).map_err(|diagnostics| texts(&diagnostics))?;
        let text = files.get(file).unwrap_or_default().to_owned();
        Ok::<_, Failed>(Input::new(Source::new("openapi.yaml", text), input.config.clone()))
    };
    let first = bundled(&read(name))?;
    let second = bundled(&first)?;
    if first.spec.text != second.spec.text {
        return Err("the bundle of the bundle differs".into());
    }
    same(&generated(&first)?, &generated(&read(FIRST))?)
}

/// Compares two crates except for their inputs and provenance.
pub(crate) fn same(other: &FileSet, first: &FileSet) -> Result<(), Failed> {
    let names = |files: &FileSet| {
        let names = files.iter().map(|(name, _)| name.to_owned());
        names.filter(|name| !name.contains("/inputs/")).collect::<Vec<_>>()
    };
    if names(first) != names(other) {
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

fn read(name: &str) -> Input {
    let path = directory("corpus/versions").join(format!("{name}.yaml"));
    let Input { spec, config, files, .. } = input(&path, Path::new(""), Path::new(""));
    Input { files, ..Input::new(Source { name: "openapi.yaml".to_owned(), ..spec }, config) }
}

fn generated(input: &Input) -> Result<FileSet, Failed> {
    let files = generate_crate(input).map_err(|diagnostics| texts(&diagnostics))?;
    match files.warnings() {
        [] => Ok(files),
        warnings => Err(texts(warnings).into()),
    }
}

pub(crate) fn texts(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
