//! Files as they should be, compared with those on disk: what to write, what to remove. The one place that writes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::disk::names_below;
use crate::is_generated;

/// Files as they should be.
pub(super) struct Tree {
    /// The directory that names of files are relative to.
    pub(super) root: PathBuf,
    /// What names begin with in messages.
    pub(super) prefix: String,
    /// The text of every file, by name.
    pub(super) files: BTreeMap<String, String>,
    /// The directories in which a generated file that is not among them is an orphan.
    pub(super) owned: Vec<String>,
}

/// A file that is not as it should be.
pub(super) struct Change {
    /// As messages have it.
    pub(super) name: String,
    pub(super) state: State,
    /// What is on disk; empty if nothing is.
    pub(super) old: String,
    /// What should be; empty if nothing should.
    pub(super) new: String,
    path: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Stale,
    Missing,
    /// It was generated once, and no longer is.
    Orphaned,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Orphaned => "orphaned",
        }
    }
}

impl Tree {
    /// Files of a directory that the user named, so that messages name it, too.
    pub(super) fn of<const N: usize>(root: PathBuf, files: BTreeMap<String, String>, owned: [&str; N]) -> Self {
        let prefix = format!("{}/", root.display());
        Self { root, prefix, files, owned: owned.map(str::to_owned).to_vec() }
    }

    /// Makes the directory what it should be.
    pub(super) fn write(&self) -> Result<()> {
        self.apply(&self.compare()?)
    }

    /// How many lines the files have together.
    pub(super) fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// Every file that is not as it should be, by name.
    pub(super) fn compare(&self) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (name, new) in &self.files {
            let old = self.on_disk(name)?;
            if old.as_ref() != Some(new) {
                let state = if old.is_some() { State::Stale } else { State::Missing };
                changes.push(self.change(name, state, old.unwrap_or_default(), new.clone()));
            }
        }
        for directory in &self.owned {
            for name in names_below(&self.root.join(directory), directory)? {
                if self.files.contains_key(&name) {
                    continue;
                }
                let old = self.on_disk(&name)?.unwrap_or_default();
                if is_generated(&old) {
                    changes.push(self.change(&name, State::Orphaned, old, String::new()));
                }
            }
        }
        changes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(changes)
    }

    /// Writes and removes what is not as it should be, and touches no file that was not generated.
    pub(super) fn apply(&self, changes: &[Change]) -> Result<()> {
        let is_foreign = |change: &&Change| change.state == State::Stale && !is_generated(&change.old);
        let foreign: Vec<_> = changes.iter().filter(is_foreign).collect();
        if let [Change { name, .. }, others @ ..] = foreign.as_slice() {
            let more = if others.is_empty() { String::new() } else { format!(", nor are {} others", others.len()) };
            bail!(
                "{name} is not a generated file{more}: its first line does not say so; move it away and run this again"
            );
        }
        for Change { name, state, new, path, .. } in changes {
            match state {
                State::Orphaned => {
                    fs::remove_file(path).with_context(|| format!("cannot remove {name}"))?;
                    self.remove_empty_directories(path);
                }
                State::Missing | State::Stale => {
                    if let Some(directory) = path.parent() {
                        fs::create_dir_all(directory)
                            .with_context(|| format!("cannot create the directory of {name}"))?;
                    }
                    fs::write(path, new).with_context(|| format!("cannot write {name}"))?;
                }
            }
        }
        Ok(())
    }

    /// The text of a file, if it exists.
    fn on_disk(&self, name: &str) -> Result<Option<String>> {
        let path = self.root.join(name);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = fs::read(path).with_context(|| format!("cannot read {}{name}", self.prefix))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn change(&self, name: &str, state: State, old: String, new: String) -> Change {
        Change { name: format!("{}{name}", self.prefix), state, old, new, path: self.root.join(name) }
    }

    fn remove_empty_directories(&self, removed: &Path) {
        let is_owned = |directory: &&Path| self.owned.iter().any(|owned| directory.starts_with(self.root.join(owned)));
        for directory in removed.ancestors().skip(1).take_while(is_owned) {
            // One that is not empty stays, and so do those above it.
            if fs::remove_dir(directory).is_err() {
                break;
            }
        }
    }
}
