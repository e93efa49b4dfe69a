//! What the generator reads, from disk.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::{Input, Source};

use crate::project::Project;

pub(crate) fn read(project: &Project) -> Result<Input> {
    Ok(Input {
        spec: file(project, Project::SPEC)?,
        config: file(project, Project::CONFIG)?,
        samples: names_below(&project.path(Project::SAMPLES), Project::SAMPLES)?
            .iter()
            .map(|name| file(project, name))
            .collect::<Result<_>>()?,
    })
}

/// A document from anywhere, its settings if it has any, and the folder of its samples if there is one.
pub(crate) fn read_from(spec: &Path, config: Option<&Path>, samples: Option<&Path>) -> Result<Input> {
    let samples = samples.map(|folder| (folder, names_below(folder, ""))).map(|(folder, names)| {
        let names = names?;
        names.iter().map(|name| from_disk(&folder.join(name.trim_start_matches('/')), name)).collect::<Result<Vec<_>>>()
    });
    Ok(Input {
        spec: from_disk(spec, &file_name(spec))?,
        config: match config {
            Some(config) => from_disk(config, &file_name(config))?,
            None => Source::new("generator.toml", ""),
        },
        samples: samples.transpose()?.unwrap_or_default(),
    })
}

/// The name alone: where a file lies on this machine is nobody's business who reads what is generated.
fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn from_disk(path: &Path, name: &str) -> Result<Source> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(source(name, &text))
}

/// A file of the project.
pub(crate) fn file(project: &Project, name: &str) -> Result<Source> {
    let text = fs::read_to_string(project.path(name)).with_context(|| format!("cannot read {name}"))?;
    Ok(source(name, &text))
}

/// A text as the generator takes it.
pub(crate) fn source(name: &str, text: &str) -> Source {
    // A byte order mark is no part of the text.
    Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
}

/// The names of all files below a folder, sorted; none if there is no such folder.
pub(crate) fn names_below(folder: &Path, name: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if folder.exists() {
        collect(folder, name, &mut names)?;
    }
    names.sort();
    Ok(names)
}

fn collect(folder: &Path, name: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {name}"))? {
        let entry = entry.with_context(|| format!("cannot read the folder {name}"))?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
