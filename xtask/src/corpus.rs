//! `corpus`: the generator over any folder of documents, as a table of what came of each.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;
use crate::{Outcome, cargo, inputs, standalone};

/// What came of a document.
enum Ending {
    Generated {
        lines: usize,
    },
    /// How many findings, and the codes of their rules.
    Refused(usize, Vec<&'static str>),
    Crashed,
    /// Why it is no text.
    Unreadable(String),
    /// The first message of the compiler.
    DoesNotCompile(String),
}

struct Row {
    document: String,
    operations: usize,
    elapsed: Duration,
    ending: Ending,
    /// The crate made of it.
    files: Vec<(String, String)>,
}

pub(crate) fn corpus(project: &Project, folder: &Path, compile: bool, out: &mut dyn Write) -> Result<Outcome> {
    let documents = documents(folder)?;
    if documents.is_empty() {
        bail!("{} holds no .yaml, .yml or .json files", folder.display());
    }
    let mut rows = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        rows.push(row(project, document, &format!("document_{index}"))?);
    }
    if compile {
        self::compile(project, &mut rows)?;
    }
    show(&rows, compile, out)?;
    let failed = rows.iter().any(|row| matches!(row.ending, Ending::Crashed | Ending::DoesNotCompile(_)));
    Ok(if failed { Outcome::Refused } else { Outcome::Done })
}

/// The documents of a folder, by name.
fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
    };
    let mut documents: Vec<_> = paths.into_iter().filter(is_document).collect();
    documents.sort();
    Ok(documents)
}

fn row(project: &Project, path: &Path, name: &str) -> Result<Row> {
    let document = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let input = match inputs::read_from(path, None, None) {
        Ok(input) => input,
        Err(error) => {
            let ending = Ending::Unreadable(error.root_cause().to_string());
            return Ok(Row { document, operations: 0, elapsed: Duration::ZERO, ending, files: Vec::new() });
        }
    };
    let start = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| generator::generate_crate(&input)));
    let elapsed = start.elapsed();
    let mut files = Vec::new();
    let mut operations = 0;
    let ending = match result {
        Err(_) => Ending::Crashed,
        Ok(Err(findings)) => {
            let mut codes: Vec<_> = findings.iter().map(|finding| finding.code.name()).collect();
            codes.sort_unstable();
            codes.dedup();
            Ending::Refused(findings.len(), codes)
        }
        Ok(Ok(sources)) => {
            operations = sources.iter().map(|(_, text)| text.matches("operation::Operation::new(").count()).sum();
            files = standalone::files(project, &input, name, &sources)?;
            Ending::Generated { lines: sources.lines() }
        }
    };
    Ok(Row { document, operations, elapsed, ending, files })
}

/// Checks all crates with the compiler, as one workspace in the target folder.
fn compile(project: &Project, rows: &mut [Row]) -> Result<()> {
    let workspace = cargo::target_folder(project)?.join("corpus");
    let mut members = Vec::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.files.is_empty()) {
        let name = format!("document_{index}");
        let files = row.files.iter().map(|(path, text)| (path.clone(), text.replace("\n[workspace]\n", "\n")));
        standalone::write(&workspace.join(&name), &files.collect::<Vec<_>>())?;
        members.push(format!("\"{name}\""));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(workspace.join("Cargo.toml"), manifest).context("cannot write the workspace of the corpus")?;
    // The versions that the project itself is tested with.
    fs::copy(project.path("Cargo.lock"), workspace.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    let messages = check(&workspace)?;
    for (index, row) in rows.iter_mut().enumerate() {
        if let Some(message) = messages.get(&format!("document_{index}")) {
            row.ending = Ending::DoesNotCompile(message.clone());
        }
    }
    Ok(())
}

/// The first error in each crate that has any.
fn check(workspace: &Path) -> Result<BTreeMap<String, String>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--workspace", "--quiet", "--keep-going", "--message-format", "json"])
        .args(["--no-default-features", "--features", "blocking,cli,mock"])
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .current_dir(workspace)
        .output()
        .context("cannot run cargo")?;
    let mut messages = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let (Some(text), Some("error")) =
            (message["message"]["message"].as_str(), message["message"]["level"].as_str())
        else {
            continue;
        };
        let name = message["target"]["name"].as_str().unwrap_or_default();
        messages.entry(name.to_owned()).or_insert_with(|| text.lines().next().unwrap_or_default().to_owned());
    }
    if !output.status.success() && messages.is_empty() {
        bail!("cargo check failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(messages)
}

fn show(rows: &[Row], compiled: bool, out: &mut dyn Write) -> Result<()> {
    let width = rows.iter().map(|row| row.document.chars().count()).max().unwrap_or_default().max("document".len());
    writeln!(out, "{:width$}  {:>10}  {:>7}  {:>9}  outcome", "document", "operations", "lines", "time")?;
    for Row { document, operations, elapsed, ending, .. } in rows {
        let lines = if let Ending::Generated { lines } = ending { lines.to_string() } else { "-".to_owned() };
        let time = format!("{} ms", elapsed.as_millis());
        let outcome = match ending {
            Ending::Generated { .. } if compiled => "compiles".to_owned(),
            other => other.to_string(),
        };
        writeln!(out, "{document:width$}  {operations:>10}  {lines:>7}  {time:>9}  {outcome}")?;
    }
    let good = rows.iter().filter(|row| matches!(row.ending, Ending::Generated { .. })).count();
    let what = if compiled { "compile" } else { "are generated" };
    writeln!(out, "{good} of {} {what}", rows.len())?;
    Ok(())
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generated { .. } => f.write_str("generated"),
            Self::Refused(1, codes) => write!(f, "refused with 1 finding: {}", codes.join(", ")),
            Self::Refused(count, codes) => write!(f, "refused with {count} findings: {}", codes.join(", ")),
            Self::Unreadable(problem) => write!(f, "cannot be read: {problem}"),
            Self::Crashed => f.write_str("crashed"),
            Self::DoesNotCompile(message) => write!(f, "does not compile: {message}"),
        }
    }
}
