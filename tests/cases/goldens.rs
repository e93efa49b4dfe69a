//! Documents with one feature each and their generated files, which must compile.

use std::path::{Path, PathBuf};

use generator::{FileSet, Input, generate_crate};
use libtest_mimic::{Failed, Trial};
use tests::files::{directory, expect_file, files_below, input, is_updating, names_in};

use crate::compiled::{self, Crate};

/// Programs for the crates of these names. Their APIs differ from the project's.
const PROGRAMS: &[(&str, &str)] = &[
    ("additional", include_str!("goldens/additional.rs")),
    ("client_credentials", include_str!("goldens/client_credentials.rs")),
    ("directions", include_str!("goldens/directions.rs")),
    ("documented_examples", include_str!("goldens/documented_examples.rs")),
    ("file_parts", include_str!("goldens/file_parts.rs")),
    ("form_bodies", include_str!("goldens/form_bodies.rs")),
    ("idempotency", include_str!("goldens/idempotency.rs")),
    ("intersections", include_str!("goldens/intersections.rs")),
    ("item_rules", include_str!("goldens/item_rules.rs")),
    ("lists", include_str!("goldens/lists.rs")),
    ("mock_objects", include_str!("goldens/mock_objects.rs")),
    ("mock_responses", include_str!("goldens/mock_responses.rs")),
    ("newtypes", include_str!("goldens/newtypes.rs")),
    ("nulls", include_str!("goldens/nulls.rs")),
    ("responses", include_str!("goldens/responses.rs")),
    ("error_responses", include_str!("goldens/error_responses.rs")),
    ("library", include_str!("goldens/library.rs")),
    ("not_numbers", include_str!("goldens/not_numbers.rs")),
    ("several_keys", include_str!("goldens/several_keys.rs")),
    ("streams", include_str!("goldens/streams.rs")),
    ("styles", include_str!("goldens/styles.rs")),
    ("unions", include_str!("goldens/unions.rs")),
    ("webhooks", include_str!("goldens/webhooks.rs")),
];
/// The golden with a feature for each tag.
const TAGS: &str = "tag_features";
/// The golden whose README is recorded; the programs in all READMEs compile.
const README: &str = "library";
/// The names of the document and its settings in each golden's directory.
const OWN: [&str; 2] = ["openapi.yaml", "generator.toml"];

pub(crate) fn cases() -> Vec<Trial> {
    let generated = names().into_iter().map(|name| Trial::test(format!("golden::{name}"), move || check(&name)));
    let compile = names()
        .into_iter()
        .map(|name| Trial::test(format!("golden::{name}::compiles"), move || compiled::result_of(&crate_name(&name))));
    let run = PROGRAMS
        .iter()
        .map(|(name, _)| Trial::test(format!("golden::{name}::runs"), move || compiled::run(&crate_name(name), name)));
    let subsets = subsets().into_iter().map(|(name, _)| {
        Trial::test(format!("golden::{TAGS}::{name}"), move || compiled::result_of(&subset_name(&name)))
    });
    generated.chain(compile).chain(run).chain(subsets).collect()
}

/// Returns the sets of tags with which the golden with a feature for each tag is compiled.
fn subsets() -> Vec<(String, Vec<String>)> {
    let tags = files(TAGS).map(|files| files.tag_features().to_vec()).unwrap_or_default();
    let none = [("none".to_owned(), Vec::new())];
    none.into_iter().chain(tags.into_iter().map(|tag| (tag.clone(), vec![tag]))).collect()
}

fn subset_name(tag: &str) -> String {
    format!("{}_only_{}", crate_name(TAGS), tag.replace('-', "_"))
}

/// Returns the goldens as crates.
pub(crate) fn crates() -> Vec<Crate> {
    let crates = names().into_iter().filter_map(|name| {
        let files = files(&name).ok()?;
        let programs = PROGRAMS.iter().filter(|(of, _)| *of == name);
        let mut examples: Vec<_> = programs.map(|(of, program)| ((*of).to_owned(), (*program).to_owned())).collect();
        let root = files.get("lib.rs")?.to_owned();
        let runs = !examples.is_empty();
        examples.extend(
            first_call(&readme(&name).ok()?)
                .map(|program| (format!("{name}_readme"), format!("//! The README.\n\n{program}"))),
        );
        Some(Crate { name: crate_name(&name), root, files, examples, features: compiled::all_features(), runs })
    });
    let subsets = subsets().into_iter().filter_map(|(name, features)| {
        let files = files(TAGS).ok()?;
        let root = files.get("lib.rs")?.to_owned();
        Some(Crate { name: subset_name(&name), root, files, examples: Vec::new(), features, runs: false })
    });
    crates.chain(subsets).collect()
}

fn names() -> Vec<String> {
    names_in(&directory("corpus/accepted"))
}

fn golden(name: &str) -> PathBuf {
    directory("corpus/accepted").join(name)
}

fn crate_name(name: &str) -> String {
    format!("golden_{name}")
}

fn files(name: &str) -> Result<FileSet, Failed> {
    generated(name, None)
}

/// Returns the README that the crate would have as a crate of its own.
fn readme(name: &str) -> Result<String, Failed> {
    let files = generated(name, Some(crate_name(name)))?;
    Ok(files.readme().ok_or("a crate without a README")?.to_owned())
}

/// Returns the program in a README.
fn first_call(readme: &str) -> Option<String> {
    let (_, rest) = readme.split_once("```rust,no_run\n")?;
    Some(rest.split_once("```")?.0.to_owned())
}

fn generated(name: &str, crate_name: Option<String>) -> Result<FileSet, Failed> {
    let golden = golden(name);
    let [spec, config] = OWN.map(|file| golden.join(file));
    let input = Input { crate_name, ..input(&spec, &config, &golden.join("samples")) };
    generate_crate(&input).map_err(|diagnostics| {
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        texts.join("\n\n").into()
    })
}

fn check(name: &str) -> Result<(), Failed> {
    let files = files(name)?;
    let generated = golden(name).join("generated");
    // Copies of the inputs are not recorded, and neither are crate roots, which are nearly the same everywhere.
    let recorded = |path: &str| path.starts_with("generated/") && !path.starts_with("generated/inputs/");
    for (path, text) in files.iter().filter(|(path, _)| recorded(path)) {
        expect_file(&golden(name).join(path), text);
    }
    if name == README {
        expect_file(&golden(name).join("README.md"), &readme(name)?);
    }
    let orphans = files_below(&generated).into_iter().map(|(path, _)| path);
    let orphans: Vec<_> = orphans.filter(|path| files.get(&format!("generated/{path}")).is_none()).collect();
    if is_updating() {
        return remove(&generated, &orphans);
    }
    if orphans.is_empty() { Ok(()) } else { Err(format!("no longer made: {}", orphans.join(", ")).into()) }
}

fn remove(directory: &Path, files: &[String]) -> Result<(), Failed> {
    files.iter().try_for_each(|file| std::fs::remove_file(directory.join(file))).map_err(Failed::from)
}
