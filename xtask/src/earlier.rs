//! An earlier version of the spec: from git, or from a file.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use generator::{Input, Source};

use crate::inputs;
use crate::project::Project;

/// Reads what the user named.
pub(crate) fn read(project: &Project, name: &str) -> Result<Input> {
    if Path::new(name).is_file() { from_file(project, name) } else { from_git(project, name) }
}

fn from_file(project: &Project, name: &str) -> Result<Input> {
    let text = |name: &str| fs::read_to_string(name).with_context(|| format!("cannot read {name}"));
    let spec = inputs::source(name, &text(name)?);
    let beside = Path::new(name).with_file_name("generator.toml");
    let config = if beside.is_file() {
        let name = beside.to_string_lossy();
        inputs::source(&name, &text(&name)?)
    } else {
        inputs::file(project, Project::CONFIG)?
    };
    Ok(Input { spec, config, samples: Vec::new() })
}

fn from_git(project: &Project, revision: &str) -> Result<Input> {
    let commit = commit(project, revision)?;
    let Some(spec) = file_of(project, revision, &commit, Project::SPEC)? else {
        bail!("{revision} has no {}", Project::SPEC);
    };
    // A spec is older than its settings, perhaps.
    let config = match file_of(project, revision, &commit, Project::CONFIG)? {
        Some(config) => config,
        None => inputs::file(project, Project::CONFIG)?,
    };
    Ok(Input { spec, config, samples: Vec::new() })
}

fn commit(project: &Project, revision: &str) -> Result<String> {
    let object = format!("{revision}^{{commit}}");
    match git(project, &["rev-parse", "--verify", "--end-of-options", &object])? {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(reason) => bail!("`{revision}` is neither a file nor a git revision of this project: {reason}"),
    }
}

/// A file as it was, if it was there.
fn file_of(project: &Project, revision: &str, commit: &str, name: &str) -> Result<Option<Source>> {
    // `./` makes git count from this folder, which need not be that of the repository.
    let object = format!("{commit}:./{name}");
    if git(project, &["cat-file", "-e", &object])?.is_err() {
        return Ok(None);
    }
    match git(project, &["show", &object])? {
        Ok(text) => Ok(Some(inputs::source(&format!("{revision}:{name}"), &text))),
        Err(reason) => bail!("cannot read {name} of {revision}: {reason}"),
    }
}

/// Runs git in the project's folder: what it printed, or why it would not.
fn git(project: &Project, arguments: &[&str]) -> Result<Result<String, String>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(project.path("")).args(arguments);
    let output = command.output().context("cannot run git, which revisions are read with; give a file instead")?;
    if output.status.success() {
        let text = String::from_utf8(output.stdout).context("git gave a file that is not UTF-8")?;
        return Ok(Ok(text));
    }
    Ok(Err(String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned()))
}
