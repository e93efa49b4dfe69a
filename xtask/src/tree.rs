//! Generated files beside those on disk: what is the same, what to write, what to remove. The one place that writes.

use std::fs;

use anyhow::{Context, Result, bail};
use generator::{FileSet, is_generated};

use crate::inputs::names_below;
use crate::project::Project;

/// A file that is not what it should be.
pub(crate) struct Change {
    pub(crate) name: String,
    pub(crate) state: State,
    /// What is on disk; empty if nothing is.
    pub(crate) old: String,
    /// What should be; empty if nothing should.
    pub(crate) new: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Stale,
    Missing,
    /// It is generated, but no longer made.
    Orphaned,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Orphaned => "orphaned",
        }
    }
}

/// Every file that is not what it should be, by name.
pub(crate) fn compare(project: &Project, files: &FileSet) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (path, new) in files.iter() {
        let name = format!("{}/{path}", Project::SOURCES);
        let file = project.path(&name);
        if !file.exists() {
            changes.push(Change { name, state: State::Missing, old: String::new(), new: new.to_owned() });
            continue;
        }
        let old = fs::read(&file).with_context(|| format!("cannot read {name}"))?;
        if old != new.as_bytes() {
            let old = String::from_utf8_lossy(&old).into_owned();
            changes.push(Change { name, state: State::Stale, old, new: new.to_owned() });
        }
    }
    for name in names_below(&project.path(Project::GENERATED), Project::GENERATED)? {
        let made = name.strip_prefix(Project::SOURCES).and_then(|path| files.get(path.trim_start_matches('/')));
        let old =
            String::from_utf8_lossy(&fs::read(project.path(&name)).with_context(|| format!("cannot read {name}"))?)
                .into_owned();
        if made.is_none() && is_generated(&old) {
            changes.push(Change { name, state: State::Orphaned, old, new: String::new() });
        }
    }
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(changes)
}

/// Writes and removes what is needed, and nothing that is not generated.
pub(crate) fn apply(project: &Project, changes: &[Change]) -> Result<()> {
    let foreign = changes.iter().find(|change| change.state == State::Stale && !is_generated(&change.old));
    if let Some(Change { name, .. }) = foreign {
        bail!("{name} is not a generated file: its first line does not say so; move it away and run this again");
    }
    for Change { name, state, new, .. } in changes {
        let file = project.path(name);
        match state {
            State::Orphaned => {
                fs::remove_file(&file).with_context(|| format!("cannot remove {name}"))?;
                remove_empty_folders(project, name);
            }
            State::Missing | State::Stale => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder of {name}"))?;
                }
                fs::write(&file, new).with_context(|| format!("cannot write {name}"))?;
            }
        }
    }
    Ok(())
}

fn remove_empty_folders(project: &Project, name: &str) {
    let mut name = name;
    while let Some((folder, _)) = name.rsplit_once('/') {
        // A folder that is not empty stays, and so do those above it.
        if folder.len() < Project::GENERATED.len() || fs::remove_dir(project.path(folder)).is_err() {
            break;
        }
        name = folder;
    }
}
