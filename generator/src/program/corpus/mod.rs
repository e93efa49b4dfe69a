//! Implements `corpus`: runs the generator on a directory of documents, and prints a table of results.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

mod carried;
mod compile;
mod table;

pub use compile::Build;

use super::{Console, Inputs, Outcome};
use crate::round_trip::{self, RoundTrips};
use crate::{FileSet, Input, Program, Scope, generate_watched};
use carried::Carried;

/// The documents to generate from, and whether to compile the crates.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The directory of the documents.
    pub directory: PathBuf,
    /// Whether documents may refer to files outside their directories.
    pub allow_outside: bool,
    /// Where to compile the generated crates.
    pub compile: Option<Build>,
    /// The seed of random values for round trips; `None` disables them.
    pub round_trip: Option<u64>,
}

/// A document and its result.
struct Row {
    document: String,
    operations: usize,
    elapsed: Duration,
    ending: Ending,
    /// The input and the sources of the crate, if it will be compiled.
    generated: Option<(Input, FileSet)>,
    /// The values of its schemas, and the results of their round trips.
    round_trip: Option<(RoundTrips, Carried)>,
}

/// The result of a document.
enum Ending {
    Generated {
        lines: usize,
    },
    /// The number of diagnostics, and the codes of their rules.
    Rejected(usize, Vec<&'static str>),
    Crashed,
    /// The reason why the file cannot be read.
    Unreadable(String),
    /// The first error of the compiler.
    DoesNotCompile(String),
}

impl Corpus {
    /// Generates from every document, and prints the table.
    pub fn run(&self, console: &mut Console<'_>) -> Result<Outcome> {
        let documents = documents(&self.directory)?;
        if documents.is_empty() {
            bail!(
                "{} contains no .yaml, .yml or .json files and no directories with a document",
                self.directory.display()
            );
        }
        let mut rows: Vec<_> =
            documents.iter().enumerate().map(|(index, path)| self.row(index, path, console.program)).collect();
        if let Some(build) = &self.compile {
            if let Some(seed) = self.round_trip {
                rows.iter_mut().enumerate().for_each(|(index, row)| row.prepare(&compile::name_of(index), seed));
            }
            build.compile(&mut rows, console.program)?;
            if self.round_trip.is_some() {
                build.run(&mut rows)?;
            }
        }
        table::print(&rows, self.compile.is_some(), console.out)?;
        let lost = |row: &Row| row.round_trip.as_ref().is_some_and(|(_, carried)| !carried.failures.is_empty());
        let failed = |row: &Row| matches!(row.ending, Ending::Crashed | Ending::DoesNotCompile(_)) || lost(row);
        let failed = rows.iter().any(failed);
        Ok(if failed { Outcome::Rejected } else { Outcome::Done })
    }

    fn row(&self, index: usize, path: &Path, program: Program) -> Row {
        let document = path.strip_prefix(&self.directory).unwrap_or(path).display().to_string();
        let mut row = Row {
            document,
            operations: 0,
            elapsed: Duration::ZERO,
            ending: Ending::Crashed,
            generated: None,
            round_trip: None,
        };
        let inputs = if path.is_dir() { Inputs::of(path, None, None) } else { Ok(Inputs::alone(path.to_owned())) };
        let inputs = inputs.map(|inputs| Inputs { allow_outside: self.allow_outside, ..inputs });
        let input = match inputs.and_then(|inputs| inputs.read_to_record()) {
            Ok(input) => Input { crate_name: Some(compile::name_of(index)), ..input },
            Err(error) => {
                row.ending = Ending::Unreadable(error.root_cause().to_string());
                return row;
            }
        };
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| generate_watched(&input, program, Scope::Crate, &mut |_| {})));
        row.elapsed = start.elapsed();
        match result {
            Err(_) => {}
            Ok(Err(found)) => {
                let mut codes: Vec<_> = found.iter().map(|diagnostic| diagnostic.code.name()).collect();
                codes.sort_unstable();
                codes.dedup();
                row.ending = Ending::Rejected(found.len(), codes);
            }
            Ok(Ok(files)) => {
                row.operations = files.operations();
                row.ending = Ending::Generated { lines: files.lines() };
                row.generated = self.compile.is_some().then_some((input, files));
            }
        }
        row
    }
}

impl Row {
    /// Creates values of the schemas that have types.
    fn prepare(&mut self, library: &str, seed: u64) {
        let round_trips = self.generated.as_ref().and_then(|(input, _)| round_trip::prepare(input, library, seed));
        self.round_trip = round_trips.map(|round_trips| (round_trips, Carried::default()));
    }
}

/// Returns the documents of a directory, by name: files, and directories of a document with its settings and samples.
/// In other directories, every file that begins a document is one.
fn documents(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for path in entries(directory)? {
        if !path.is_dir() {
            documents.extend(Some(path).filter(|path| has_ending(path)));
        } else if Inputs::of(&path, None, None).is_ok() {
            documents.push(path);
        } else {
            collect(&path, &mut documents)?;
        }
    }
    documents.sort();
    Ok(documents)
}

/// Collects the main files of documents in several files.
fn collect(directory: &Path, documents: &mut Vec<PathBuf>) -> Result<()> {
    for path in entries(directory)? {
        if path.is_dir() {
            collect(&path, documents)?;
        } else if has_ending(&path) && fs::read_to_string(&path).is_ok_and(|text| begins_document(&text)) {
            documents.push(path);
        }
    }
    Ok(())
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>> {
    let cannot_read = || format!("cannot read the directory {}", directory.display());
    let entries = fs::read_dir(directory).with_context(cannot_read)?;
    entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>().with_context(cannot_read)
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

fn begins_document(text: &str) -> bool {
    let states_version = |line: &str| {
        ["openapi", "swagger"].iter().any(|key| {
            let rest = line.strip_prefix(key).or_else(|| {
                line.trim_start_matches(['{', ' ', '\t']).strip_prefix('"')?.strip_prefix(key)?.strip_prefix('"')
            });
            rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    };
    text.lines().any(states_version)
}
