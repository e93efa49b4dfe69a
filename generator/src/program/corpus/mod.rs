//! Implements `corpus`: runs the generator on a directory of documents, and prints a table of results.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

mod carried;
mod compile;
mod operations;
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
                "{} contains no .yaml, .yml or .json files and no directories with an openapi.yaml",
                self.directory.display()
            );
        }
        let mut rows: Vec<_> =
            documents.iter().map(|path| row(path, console.program, self.compile.is_some())).collect();
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
}

impl Row {
    /// Creates values of the schemas that have types.
    fn prepare(&mut self, library: &str, seed: u64) {
        let round_trips = self.generated.as_ref().and_then(|(input, _)| round_trip::prepare(input, library, seed));
        self.round_trip = round_trips.map(|round_trips| (round_trips, Carried::default()));
    }
}

/// Returns the documents of a directory, by name: files, and directories of a document with its settings and samples.
fn documents(directory: &Path) -> Result<Vec<PathBuf>> {
    let cannot_read = || format!("cannot read the directory {}", directory.display());
    let entries = fs::read_dir(directory).with_context(cannot_read)?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>().with_context(cannot_read)?;
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
    };
    let is_directory = |path: &PathBuf| path.is_dir() && Inputs::of(path, None, None).is_ok();
    let mut documents: Vec<_> = paths.into_iter().filter(|path| is_document(path) || is_directory(path)).collect();
    documents.sort();
    Ok(documents)
}

fn row(path: &Path, program: Program, keep: bool) -> Row {
    let document = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut row = Row {
        document,
        operations: 0,
        elapsed: Duration::ZERO,
        ending: Ending::Crashed,
        generated: None,
        round_trip: None,
    };
    let inputs = if path.is_dir() { Inputs::of(path, None, None) } else { Ok(Inputs::alone(path.to_owned())) };
    let input = match inputs.and_then(|inputs| inputs.read_to_record()) {
        Ok(input) => input,
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
            row.operations = operations::count(&input.spec);
            row.ending = Ending::Generated { lines: files.lines() };
            row.generated = keep.then_some((input, files));
        }
    }
    row
}
