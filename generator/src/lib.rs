//! Turns an OpenAPI document and its settings into the source of a typed client crate.
//!
//! The library is pure: it takes text and returns files or diagnostics. It knows no particular API. Only [`program`]
//! uses the disk, the clock, processes and the terminal.

mod anything;
mod brackets;
mod code;
mod complete;
mod config;
mod conformance;
mod diagnostic;
mod diff;
mod direction;
mod docs;
mod document;
mod emit;
mod escapes;
mod format;
mod heading;
mod idempotency;
mod input;
mod kind;
mod lint;
mod lists;
mod load;
mod lower;
mod media;
mod model;
mod naming;
mod near;
mod normalise;
mod origin;
mod output;
mod parts;
mod pipeline;
mod pretty;
pub mod program;
mod proposal;
mod provenance;
mod reference;
mod refine;
mod renames;
mod round_trip;
mod samples;
mod security;
mod selection;
mod servers;
mod source;
mod stack;
mod stage;
mod types;
mod uses;

use std::path::Path;

pub use code::Code;
pub use diagnostic::{Diagnostic, Place};
pub use diff::{Change, Changes, Side, Unreadable, Verdict, diff};
pub use heading::{MARKER, Program, is_generated};
pub use input::Input;
pub use output::FileSet;
pub use pipeline::Scope;
pub use proposal::Proposal;
pub use source::Source;
pub use stage::Stage;
pub use types::catches_panics;

use pipeline::{Watch, check, described};

/// Runs the whole pipeline. Returns files if the input is valid, and diagnostics without files otherwise.
pub fn generate(input: &Input) -> Result<FileSet, Vec<Diagnostic>> {
    generate_watched(input, Program::Xtask, Scope::Generated, &mut |_| {})
}

/// Like [`generate`], for a standalone crate.
pub fn generate_crate(input: &Input) -> Result<FileSet, Vec<Diagnostic>> {
    generate_watched(input, Program::Xtask, Scope::Crate, &mut |_| {})
}

/// Runs the whole pipeline and calls `watch` as each stage begins. Generated files name `program` in their first
/// line.
pub fn generate_watched(
    input: &Input,
    program: Program,
    scope: Scope,
    watch: Watch<'_>,
) -> Result<FileSet, Vec<Diagnostic>> {
    stack::with_room(|| {
        pipeline::run(input, program, scope, watch).map_err(|diagnostics| {
            watch(Stage::Locate);
            input.locate(diagnostics)
        })
    })
}

/// Runs the pipeline up to the checks of the document, and generates nothing. Returns warnings if the input is valid.
pub fn lint(input: &Input) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    stack::with_room(|| match check(input, &mut |_| {}) {
        Ok((document, _)) => Ok(input.locate(document.warnings)),
        Err(diagnostics) => Err(input.locate(diagnostics)),
    })
}

/// Returns an overlay that removes all operations and components with errors. The generator accepts the rest.
///
/// Returns `None` if an error is elsewhere, or if there is none.
pub fn suggest_overlay(input: &Input) -> Option<String> {
    let input = Input { keep_going: true, ..input.clone() };
    stack::with_room(|| {
        let (document, _) = check(&input, &mut |_| {}).ok()?;
        let left_out = Some(document.left_out).filter(|left_out| !left_out.is_empty())?;
        load::suggestion::overlay(&input, &left_out).ok()
    })
}

/// Returns the document as one OpenAPI 3.0 document, with all files and overlays, as the only file of a set.
///
/// It is JSON if `name` ends with `.json`, and YAML otherwise.
pub fn bundle(input: &Input, name: &str) -> Result<FileSet, Vec<Diagnostic>> {
    stack::with_room(|| {
        let (document, whole) = pipeline::bundle(input).map_err(|diagnostics| input.locate(diagnostics))?;
        let mut files = FileSet::about(input, document);
        files.insert(name, load::written(&whole, Path::new(name).extension().is_some_and(|ending| ending == "json")));
        Ok(files)
    })
}

/// Proposes the settings of a document; the settings of the input are ignored.
pub fn propose(input: &Input) -> Result<Proposal, Vec<Diagnostic>> {
    stack::with_room(|| proposal::propose(input).map_err(|diagnostics| input.locate(diagnostics)))
}

/// Returns the document as JSON, with an example of every operation in curl and in Rust, for documentation tools.
pub fn reference(input: &Input) -> Result<String, Vec<Diagnostic>> {
    let derive = || {
        let (document, config) = check(input, &mut |_| {})?;
        let (_, api) = described(input, &document, &config, &mut |_| {});
        reference::derive(input, &api).map_err(|diagnostic| vec![diagnostic])
    };
    stack::with_room(|| derive().map_err(|diagnostics| input.locate(diagnostics)))
}
