//! Reads files from disk as sources for the library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::Source;

/// Reads a file, and names it `name`.
pub fn read(path: &Path, name: &str) -> Result<Source> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    Ok(source(name, &text))
}

/// Returns a source without a byte order mark, and with Unix line endings.
pub(super) fn source(name: &str, text: &str) -> Source {
    Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
}

/// Returns the sorted files below a directory, each named by the directory's name and its path; none if the directory
/// does not exist.
pub fn names_below(directory: &Path, name: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if directory.exists() {
        collect(directory, name, &mut names)?;
    }
    names.sort();
    Ok(names)
}

fn collect(directory: &Path, name: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read the directory {name}"))? {
        let entry = entry.with_context(|| format!("cannot read the directory {name}"))?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
