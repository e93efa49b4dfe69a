//! Compiles generated crates, and finds the first compiler error in each.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::super::libraries::{self, LIBRARIES, Libraries};
use super::super::standalone::{self, Standalone};
use super::super::tree::Tree;
use super::{Ending, Row, carried};
use crate::Program;
use crate::naming::ALL_TAGS;

/// The workspace in which crates are compiled.
#[derive(Clone, Debug)]
pub struct Build {
    /// The directory of the workspace.
    pub directory: PathBuf,
    /// The `Cargo.lock` with the versions of dependencies; the newest versions without it.
    pub lock: Option<PathBuf>,
    /// Whether to check the crates with all their features.
    pub check: bool,
}

impl Build {
    /// Returns a build in Cargo's target directory, relative to the current directory.
    pub fn in_target_directory() -> Self {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
        Self { directory: target.join("corpus"), lock: None, check: true }
    }

    /// Writes all crates as one workspace, and checks them with the compiler.
    pub(super) fn compile(&self, rows: &mut [Row], program: Program) -> Result<()> {
        let names = LIBRARIES.map(|library| library.name);
        Tree::of(self.directory.clone(), libraries::files(program, "corpus")?, names).write()?;
        let libraries = Libraries::Written("../".to_owned());
        let mut members = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let Some((input, sources)) = &row.generated else { continue };
            let name = name_of(index);
            let member = Standalone { name: &name, libraries: &libraries, is_root: false };
            let mut files = member.files(input, program, sources)?;
            if let Some((round_trips, _)) = &row.round_trip {
                files.insert(
                    carried::path(&name),
                    format!("// {}\n{}", program.heading(&input.spec.name), round_trips.program),
                );
            }
            Tree::of(self.directory.join(&name), files, [standalone::SOURCES]).write()?;
            members.push(format!("\"{name}\""));
        }
        if members.is_empty() {
            return Ok(());
        }
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\n", members.join(", "));
        fs::create_dir_all(&self.directory)
            .and_then(|()| fs::write(self.directory.join("Cargo.toml"), manifest))
            .with_context(|| format!("cannot write the workspace in {}", self.directory.display()))?;
        if let Some(lock) = &self.lock {
            fs::copy(lock, self.directory.join("Cargo.lock"))
                .with_context(|| format!("cannot copy {}", lock.display()))?;
        }
        if !self.check {
            return Ok(());
        }
        let errors = check(&self.directory)?;
        for (index, row) in rows.iter_mut().enumerate() {
            if let Some(message) = errors.get(&name_of(index)) {
                row.ending = Ending::DoesNotCompile(message.clone());
            }
        }
        Ok(())
    }

    /// Runs the round trips of each crate that compiles.
    pub(super) fn run(&self, rows: &mut [Row]) -> Result<()> {
        let indexes: Vec<_> =
            (0..rows.len()).filter(|index| matches!(rows[*index].ending, Ending::Generated { .. })).collect();
        let binaries = indexes.iter().flat_map(|index| ["--bin".to_owned(), carried::program(&name_of(*index))]);
        // Cargo rejects a feature that no crate has.
        let mut sources = rows.iter().filter_map(|row| row.generated.as_ref()).map(|(_, sources)| sources);
        let tags = if sources.any(|sources| !sources.tag_features().is_empty()) { ALL_TAGS } else { "" };
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--no-default-features", "--features", tags, "--target-dir", "target"])
            .args(binaries)
            .current_dir(&self.directory)
            .output()
            .context("cannot run cargo")?;
        if !output.status.success() {
            bail!("the programs that read values do not compile: {}", String::from_utf8_lossy(&output.stderr));
        }
        for index in indexes {
            let program = self.directory.join("target/debug").join(carried::program(&name_of(index)));
            if let Some((round_trips, carried)) = &mut rows[index].round_trip {
                *carried = carried::run(&program, round_trips)?;
            }
        }
        Ok(())
    }
}

pub(super) fn name_of(index: usize) -> String {
    format!("document_{index}")
}

/// Returns the first error or warning of each crate that has any.
fn check(workspace: &Path) -> Result<BTreeMap<String, String>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--workspace", "--quiet", "--keep-going", "--message-format", "json"])
        .args(["--no-default-features", "--features", "blocking,cli,mock"])
        .args(["--target-dir", "target"])
        .current_dir(workspace)
        .output()
        .context("cannot run cargo")?;
    let mut errors = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let (Some(text), Some(level @ ("error" | "warning"))) =
            (message["message"]["message"].as_str(), message["message"]["level"].as_str())
        else {
            continue;
        };
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let text = format!("{level}: {}", text.lines().next().unwrap_or_default());
        errors.entry(name.to_owned()).or_insert(text);
    }
    if !output.status.success() && errors.is_empty() {
        bail!("cargo check failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(errors)
}
