//! Reads an earlier version of a document and its settings, from files or from git.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::inputs::{SETTINGS, document_in};
use super::{Inputs, Located, disk};
use crate::{Input, Source};

/// Reads the version named by the user: a document, a directory with one, or a git revision of the new version.
pub(super) fn read(name: &str, new: &Inputs) -> Result<Input> {
    let path = Path::new(name);
    if path.is_file() {
        return from_file(path, new);
    }
    match document_in(path) {
        Some(document) => from_file(&document, new),
        None => from_git(name, new),
    }
}

/// Reads a document with the settings next to it, or else those of the new version.
fn from_file(spec: &Path, new: &Inputs) -> Result<Input> {
    let beside = spec.with_file_name(SETTINGS);
    let config = if beside.is_file() { Located::given(beside).read()? } else { settings_of(new)? };
    let inputs = Inputs { allow_outside: new.allow_outside, ..Inputs::alone(spec.to_owned()) };
    Ok(Input { config, ..inputs.read()? })
}

fn settings_of(new: &Inputs) -> Result<Source> {
    new.config.as_ref().map_or_else(|| Ok(Source::new(SETTINGS, "")), Located::read)
}

/// Reads the new version's files at a git revision.
fn from_git(revision: &str, new: &Inputs) -> Result<Input> {
    let commit = commit(revision, &new.spec)?;
    let Some(spec) = file_of(revision, &commit, &new.spec)? else {
        bail!("{revision} has no {}", new.spec.shown);
    };
    let beside = || Located::given(new.spec.path.with_file_name(SETTINGS));
    let config = match file_of(revision, &commit, &new.config.clone().unwrap_or_else(beside))? {
        Some(config) => config,
        // A document may be older than its settings.
        None => settings_of(new)?,
    };
    let directory = directory_of(&new.spec);
    let read = |name: &str| match git(&directory, &["show", &format!("{commit}:./{name}")]) {
        Ok(Ok(text)) => Ok(disk::source(name, &text).text),
        Ok(Err(reason)) => Err(reason),
        Err(error) => Err(error.to_string()),
    };
    Ok(Input::new(spec, config).with_files(read))
}

fn commit(revision: &str, spec: &Located) -> Result<String> {
    let object = format!("{revision}^{{commit}}");
    match git(&directory_of(spec), &["rev-parse", "--verify", "--end-of-options", &object])? {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(reason) => bail!("`{revision}` is neither a file nor a git revision: {reason}"),
    }
}

/// Reads a file at a commit, if it existed.
fn file_of(revision: &str, commit: &str, file: &Located) -> Result<Option<Source>> {
    let Some(name) = file.path.file_name() else { return Ok(None) };
    // `./` is relative to the directory of the git command, not to the root of the repository.
    let object = format!("{commit}:./{}", name.to_string_lossy());
    let directory = directory_of(file);
    if git(&directory, &["cat-file", "-e", &object])?.is_err() {
        return Ok(None);
    }
    match git(&directory, &["show", &object])? {
        Ok(text) => Ok(Some(disk::source(&format!("{revision}:{}", file.shown), &text))),
        Err(reason) => bail!("cannot read {} of {revision}: {reason}", file.shown),
    }
}

fn directory_of(file: &Located) -> PathBuf {
    let parent = file.path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

/// Runs git in a directory, and returns its output or its error message.
fn git(directory: &Path, arguments: &[&str]) -> Result<Result<String, String>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).args(arguments);
    let output = command.output().context("cannot run git to read the revision; use a file instead")?;
    if output.status.success() {
        let text = String::from_utf8(output.stdout).context("git returned a file that is not UTF-8")?;
        return Ok(Ok(text));
    }
    Ok(Err(String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned()))
}
