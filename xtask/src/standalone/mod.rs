//! `generate --out`: a crate of its own for any document: manifest, README, runtime and generated sources.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use generator::{Diagnostic, FileSet, Input, MARKER, Scope, is_generated};

mod manifest;

use crate::inputs::{self, names_below};
use crate::project::Project;
use crate::{FindingFormat, Outcome, diff, findings, timings};

/// The folder of the runtime, which every crate has a copy of.
const RUNTIME: &str = "generated-client/src/runtime";

/// What to make a crate of, where, and under which name.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) spec: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) samples: Option<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) name: String,
}

pub(crate) fn generate(
    project: &Project,
    order: &Order,
    format: FindingFormat,
    timings: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let start = Instant::now();
    if !is_package_name(&order.name) {
        bail!("`{}` is no name for a package: use letters, digits, `-` and `_`, and begin with a letter", order.name);
    }
    let input = inputs::read_from(&order.spec, order.config.as_deref(), order.samples.as_deref())?;
    let sources = match timings::generate(&input, Scope::Crate, timings, out)? {
        Ok(sources) => sources,
        Err(findings) => {
            let findings: Vec<_> = findings.into_iter().map(|finding| as_given(finding, &input, order)).collect();
            return findings::report(&findings, findings::NOTHING_WRITTEN, format, out, err);
        }
    };
    let files = files(project, &input, &order.name, &sources)?;
    // Before the inputs of the last time are replaced.
    let told = diff::since_last_time(&order.out.join("src/generated"), &input, None);
    write(&order.out, &files)?;
    if format == FindingFormat::Json {
        findings::json(&[], &[], out)?;
        return Ok(Outcome::Done);
    }
    let (count, lines) = (files.len(), sources.lines());
    let elapsed = start.elapsed().as_millis();
    writeln!(out, "{}: {count} files, {lines} lines generated, in {elapsed} ms", order.out.display())?;
    write!(out, "{}", told.unwrap_or_default())?;
    Ok(Outcome::Done)
}

/// The finding with its file as it was given, so that it can be opened; the generator knows it by its name alone.
fn as_given(mut finding: Diagnostic, input: &Input, order: &Order) -> Diagnostic {
    let file = &mut finding.place.file;
    let given = if *file == input.spec.name {
        Some(order.spec.clone())
    } else if *file == input.config.name {
        order.config.clone()
    } else {
        order.samples.as_ref().map(|samples| samples.join(file.trim_start_matches('/')))
    };
    if let Some(given) = given {
        *file = given.display().to_string();
    }
    finding
}

/// All files of the crate, by path.
pub(crate) fn files(project: &Project, input: &Input, name: &str, sources: &FileSet) -> Result<Vec<(String, String)>> {
    let heading = format!("{MARKER}{}. Do not edit.", input.spec.name);
    let mut files = vec![
        ("Cargo.toml".to_owned(), format!("# {heading}\n\n{}", manifest::manifest(project, name)?)),
        ("README.md".to_owned(), format!("<!-- {heading} -->\n# {name}\n\n{}", readme(input, name))),
    ];
    files.push(("src/main.rs".to_owned(), format!("// {heading}\n\n{}", command(name))));
    for path in names_below(&project.path(RUNTIME), "src/runtime")? {
        let file = project.path(&format!("generated-client/{path}"));
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {path} of the client crate"))?;
        files.push((path, format!("// {heading}\n{text}")));
    }
    files.extend(sources.iter().map(|(path, text)| (format!("src/{path}"), text.to_owned())));
    Ok(files)
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

/// Writes the files and removes generated ones that are no longer made; touches no file of anybody else.
pub(crate) fn write(folder: &Path, files: &[(String, String)]) -> Result<()> {
    let is_foreign = |path: &Path| path.exists() && !fs::read_to_string(path).is_ok_and(|text| is_ours(&text));
    let foreign: Vec<_> = files.iter().map(|(name, _)| folder.join(name)).filter(|path| is_foreign(path)).collect();
    if let Some(first) = foreign.first() {
        let others = foreign.len() - 1;
        let more = if others == 0 { String::new() } else { format!(" and {others} more") };
        bail!("{}{more} would be overwritten, and not made by this command: choose another folder", first.display());
    }
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make the folder of {}", path.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for name in names_below(&folder.join("src"), "src")? {
        let path = folder.join(&name);
        let is_made = files.iter().any(|(made, _)| *made == name);
        if !is_made && fs::read_to_string(&path).is_ok_and(|text| is_ours(&text)) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn is_ours(text: &str) -> bool {
    is_generated(text.strip_prefix("<!-- ").map_or(text.to_owned(), |rest| format!("// {rest}")).as_str())
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
