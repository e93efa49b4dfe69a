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
mod kind;
mod lint;
mod load;
mod lower;
mod media;
mod model;
mod naming;
mod near;
mod normalise;
mod origin;
mod output;
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
pub use format::{MARKER, is_generated};
pub use output::FileSet;
pub use raw::catches_panics;
pub use source::Source;
pub use stage::Stage;

use config::Config;
use load::Document;
use model::Api;
use openapiv3::OpenAPI;
use provenance::Provenance;
use refine::Refined;
use samples::Samples;
use source::Finding;

/// What the generator works from.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub spec: Source,
    /// `generator.toml`.
    pub config: Source,
    /// The sample files, each named by its path below the folder of samples.
    pub samples: Vec<Source>,
}

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What stands below `generated/`.
    Generated,
    /// The same, with a `lib.rs`: all sources of a crate that stands alone, but for the runtime.
    Crate,
}

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
        pipeline(input, scope, watch).map_err(|findings| {
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

/// Is told of each stage as it begins; files are emitted and formatted in turns.
type Watch<'a> = &'a mut (dyn FnMut(Stage) + Send);

fn pipeline(input: &Input, scope: Scope, watch: Watch<'_>) -> Result<FileSet, Vec<Finding>> {
    let (document, config) = check(input, watch)?;
    let (api, refined) = shown(input, &document, &config, watch)?;
    let mut files = FileSet::default();
    provenance::record(input, &mut files);
    watch(Stage::Emit);
    let provenance = Provenance::of(input, &api.version);
    let library = (scope == Scope::Crate).then(|| emit::emit_library(&api));
    for (path, parts) in emit::emit(&api, &refined, &provenance).chain(library) {
        watch(Stage::Format);
        let text =
            format::format(parts, &input.spec.name).map_err(|error| vec![incomplete(input, &error.to_string())])?;
        files.insert(path, text);
        watch(Stage::Emit);
    }
    Ok(files)
}

/// What the crate shows, and the code that it is made from.
fn shown(
    input: &Input,
    document: &Document,
    config: &Config,
    watch: Watch<'_>,
) -> Result<(Api, Refined), Vec<Finding>> {
    let (openapi, api) = described(input, document, config, watch);
    watch(Stage::Raw);
    let raw = raw::generate(&openapi, &api).map_err(|refusals| upstream(input, &api, &refusals))?;
    watch(Stage::Refine);
    let refined = refine::refine(raw, &api).map_err(|problem| vec![incomplete(input, &problem)])?;
    Ok((api, refined))
}

/// The document in one way of writing, and what the crate shows of it.
fn described(input: &Input, document: &Document, config: &Config, watch: Watch<'_>) -> (OpenAPI, Api) {
    watch(Stage::Normalise);
    let (openapi, webhooks) = normalise::normalise(document);
    watch(Stage::Model);
    let api = lower::lower(&openapi, &webhooks, config, &Samples::read(&input.samples));
    (openapi, api)
}

fn read(input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Finding>> {
    watch(Stage::Load);
    let (mut document, config) = match (load::load(&input.spec), config::read(&input.config)) {
        (Ok(document), Ok(config)) => (document, config),
        (document, config) => return Err([document.err(), config.err()].into_iter().flatten().flatten().collect()),
    };
    watch(Stage::Complete);
    complete::complete(&mut document.openapi);
    Ok((document, config))
}

fn check(input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Finding>> {
    let (document, config) = read(input, watch)?;
    watch(Stage::Lint);
    let findings = lint::lint(input, &document, &config);
    if findings.is_empty() { Ok((document, config)) } else { Err(findings) }
}

fn upstream(input: &Input, api: &Api, refusals: &[raw::Refusal]) -> Vec<Finding> {
    let findings = refusals.iter().map(|refusal| {
        let raw::Refusal { operation, problem, .. } = refusal;
        let what = operation.as_ref().map_or("this document".to_owned(), |operation| format!("`{operation}`"));
        let first_line = problem.lines().next().unwrap_or_default().trim_end_matches(['(', ' ']);
        Finding {
            code: Code::Upstream,
            message: format!("progenitor cannot make code of {what}: {first_line}"),
            at: input.spec.at(refused(api, refusal)),
            help: "describe it without what the message names, or report the document as a case to handle".to_owned(),
        }
    });
    findings.collect()
}

/// Where the text has the schema that was refused, or else its operation.
fn refused<'a>(api: &'a Api, raw::Refusal { operation, pointer, .. }: &raw::Refusal) -> &'a str {
    let schema = api.schemas.iter().find(|schema| source::join("/components/schemas", &schema.name) == *pointer);
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let mut operations = operations.filter(|found| Some(&found.id) == operation.as_ref());
    let place = schema.map(|schema| &schema.pointer).or_else(|| Some(&operations.next()?.pointer));
    place.map(String::as_str).unwrap_or_default()
}

fn incomplete(input: &Input, problem: &str) -> Finding {
    Finding {
        code: Code::Upstream,
        message: format!("progenitor's code is not as expected: {problem}"),
        at: input.spec.at(""),
        help: "report the document as a case to handle".to_owned(),
    }
}

impl Input {
    fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let sources: Vec<_> = [&self.spec, &self.config].into_iter().chain(&self.samples).collect();
        source::locate(findings, &sources)
    }
}
