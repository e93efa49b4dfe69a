//! Builds all files of a standalone crate from the generated sources: manifest, README and program.

use std::collections::BTreeMap;

use anyhow::Result;

mod manifest;

use super::libraries::Libraries;
use crate::{FileSet, Input, Program};

/// The directory of generated sources in the crate.
pub(super) const SOURCES: &str = "src";

/// The libraries of the compiler, which every crate can use.
const OF_RUST: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Whether a library that the crate uses has this name.
pub(super) fn is_taken(name: &str) -> Result<bool> {
    let same = |other: &str| other.replace('-', "_") == name.replace('-', "_");
    Ok(OF_RUST.into_iter().any(same) || manifest::dependencies()?.iter().any(|other| same(other)))
}

/// A standalone crate.
pub(super) struct Standalone<'a> {
    pub(super) name: &'a str,
    pub(super) libraries: &'a Libraries,
    /// Whether it is the root of a workspace, or a member of one.
    pub(super) is_root: bool,
}

impl Standalone<'_> {
    /// Returns all files of the crate by path, without the libraries.
    pub(super) fn files(&self, input: &Input, program: Program, sources: &FileSet) -> Result<BTreeMap<String, String>> {
        let heading = program.heading(&input.spec.name);
        let manifest = manifest::manifest(self.name, self.libraries, self.is_root, sources.tag_features())?;
        let mut files = BTreeMap::from([
            ("Cargo.toml".to_owned(), format!("# {heading}\n\n{manifest}")),
            ("README.md".to_owned(), format!("<!-- {heading} -->\n{}", sources.readme().unwrap_or_default())),
            (format!("{SOURCES}/main.rs"), format!("// {heading}\n\n{}", self.command())),
        ]);
        files.extend(sources.iter().map(|(path, text)| (format!("{SOURCES}/{path}"), text.to_owned())));
        Ok(files)
    }

    /// Returns the program of the feature `cli`.
    fn command(&self) -> String {
        let library = self.library();
        format!(
            "//! The command.\n\nfn main() -> std::process::ExitCode {{\n    {library}::cli::run(std::env::args_os())\n}}\n"
        )
    }

    fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}
