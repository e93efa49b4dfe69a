//! An OpenAPI 3.0 document and its settings → the source of a typed client crate.
//!
//! The library is pure: text goes in, files or findings come out. It knows no particular API.

mod code;
mod complete;
mod config;
mod diagnostic;
mod diff;
mod docs;
mod document;
mod emit;
mod escapes;
mod format;
mod input;
mod kind;
mod lint;
mod load;
mod lower;
mod marker;
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
mod provenance;
mod raw;
mod reference;
mod refine;
mod samples;
mod security;
mod servers;
mod source;
mod stack;
mod stage;

pub use code::Code;
pub use diagnostic::{Diagnostic, Place};
pub use diff::{Change, Changes, Side, Unreadable, Verdict, diff};
pub use input::Input;
pub use marker::{MARKER, is_generated};
pub use output::FileSet;
pub use pipeline::Scope;
pub use raw::catches_panics;
pub use source::Source;
pub use stage::Stage;

use pipeline::{Watch, check, described};

/// Runs the whole pipeline. Either there are files and nothing is wrong, or there are findings and no files.
pub fn generate(input: &Input) -> Result<FileSet, Vec<Diagnostic>> {
    generate_watched(input, Scope::Generated, &mut |_| {})
}

/// The same for a crate that stands alone.
pub fn generate_crate(input: &Input) -> Result<FileSet, Vec<Diagnostic>> {
    generate_watched(input, Scope::Crate, &mut |_| {})
}

/// Runs the whole pipeline, and calls `watch` as each stage begins.
pub fn generate_watched(input: &Input, scope: Scope, watch: Watch<'_>) -> Result<FileSet, Vec<Diagnostic>> {
    stack::with_room(|| {
        pipeline::run(input, scope, watch).map_err(|findings| {
            watch(Stage::Locate);
            input.locate(findings)
        })
    })
}

/// Runs the pipeline up to where the document is known to be good.
pub fn lint(input: &Input) -> Result<(), Vec<Diagnostic>> {
    stack::with_room(|| check(input, &mut |_| {}).map(|_| ()).map_err(|findings| input.locate(findings)))
}

/// The document with an example of every operation in curl and in Rust, as JSON, for tools that show it to people.
pub fn reference(input: &Input) -> Result<String, Vec<Diagnostic>> {
    let derive = || {
        let (document, config) = check(input, &mut |_| {})?;
        let (_, api) = described(input, &document, &config, &mut |_| {});
        reference::derive(input, &api).map_err(|finding| vec![finding])
    };
    stack::with_room(|| derive().map_err(|findings| input.locate(findings)))
}
