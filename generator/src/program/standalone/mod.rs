//! Generated sources → all files of a crate of its own: manifest, README, program, runtime.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

mod manifest;

use super::disk::names_below;
use crate::{FileSet, Input, Program};

/// The directories of the crate that hold generated files.
pub(super) const OWNED: [&str; 1] = ["src"];

/// All files of the crate, by path.
pub(super) fn files(
    input: &Input,
    name: &str,
    program: Program,
    sources: &FileSet,
) -> Result<BTreeMap<String, String>> {
    let heading = program.heading(&input.spec.name);
    let mut files = BTreeMap::new();
    files.insert("Cargo.toml".to_owned(), format!("# {heading}\n\n{}", manifest::manifest(name)?));
    files.insert("README.md".to_owned(), format!("<!-- {heading} -->\n# {name}\n\n{}", readme(input, name)));
    files.insert("src/main.rs".to_owned(), format!("// {heading}\n\n{}", command(name)));
    for path in names_below(&checkout("generated-client/src/runtime"), "src/runtime")? {
        let file = checkout(&format!("generated-client/{path}"));
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {path} of the client crate"))?;
        files.insert(path, format!("// {heading}\n{text}"));
    }
    files.extend(sources.iter().map(|(path, text)| (format!("src/{path}"), text.to_owned())));
    Ok(files)
}

/// The same for a member of a workspace.
pub(super) fn member(
    input: &Input,
    name: &str,
    program: Program,
    sources: &FileSet,
) -> Result<BTreeMap<String, String>> {
    let mut files = files(input, name, program, sources)?;
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        *manifest = manifest.replace("\n[workspace]\n", "\n");
    }
    Ok(files)
}

fn checkout(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// The program of the feature `cli`.
fn command(name: &str) -> String {
    let library = name.replace('-', "_");
    format!(
        "//! The command.\n\nfn main() -> std::process::ExitCode {{\n    {library}::cli::run(std::env::args_os())\n}}\n"
    )
}

fn readme(input: &Input, name: &str) -> String {
    let library = name.replace('-', "_");
    format!(
        "A typed, async client, generated from `{}`.\n\n`{library}::Client` is where it begins; every operation is a method of \
         a resource. `cargo doc --open` shows them.\n",
        input.spec.name
    )
}
