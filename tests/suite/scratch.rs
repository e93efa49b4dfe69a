//! Temporary projects for tests of the commands, and the commands' output.

use std::fs;
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use tempfile::TempDir;
use tests::Result;
use tests::documents::silence_caught_panics;
use tests::files::{directory, files_below};
use xtask::{Arguments, Outcome};

/// The output and outcome of a command.
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a command, written as on the command line, in a project's directory.
pub(crate) fn xtask(root: &Path, command: &str) -> Result<Run> {
    silence_caught_panics();
    let root = root.display().to_string();
    let arguments = ["xtask", "--root", &root].into_iter().chain(command.split(' '));
    let arguments = <Arguments as clap::Parser>::try_parse_from(arguments)?;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = xtask::run(&arguments, &mut out, &mut err).map_err(|error| format!("{error:#}"))?;
    // Like streams that are not terminals, this strips colours.
    let [out, err] = [String::from_utf8(out)?, String::from_utf8(err)?].map(|text| strip_str(&text).to_string());
    Ok(Run { outcome, out, err })
}

/// A project with this project's spec and no generated files.
pub(crate) struct Scratch {
    directory: TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Result<Self> {
        let scratch = Self { directory: tempfile::tempdir()? };
        for (name, text) in files_below(&directory("../spec")) {
            let file = scratch.path(&format!("spec/{name}"));
            fs::create_dir_all(file.parent().unwrap_or(scratch.root()))?;
            fs::write(file, text)?;
        }
        Ok(scratch)
    }

    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn generated(&self) -> Vec<(String, String)> {
        files_below(&self.path("generated-client"))
    }
}
