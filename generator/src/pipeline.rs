//! Runs the stages in order, and turns input files into generated files or diagnostics.

use openapiv3::OpenAPI;

use crate::code::Code;
use crate::config::{self, Config, line_column};
use crate::heading::Program;
use crate::input::Input;
use crate::load::omissions::Omissions;
use crate::load::{self, Document, Yaml};
use crate::model::Api;
use crate::output::FileSet;
use crate::provenance::{self, Provenance};
use crate::refine::{self, Refined};
use crate::samples::Samples;
use crate::source::{self, Unlocated};
use crate::stage::Stage;
use crate::{complete, emit, format, lint, lists, lower, normalise, renames, selection, types};

/// The extent of the generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only the files below `generated/`.
    Generated,
    /// Also a `lib.rs`: all sources of a standalone crate except for the runtime.
    Crate,
}

/// Called as each stage begins; emitting and formatting alternate for each file.
pub(crate) type Watch<'a> = &'a mut (dyn FnMut(Stage) + Send);

/// Runs all stages.
pub(crate) fn run(input: &Input, program: Program, scope: Scope, watch: Watch<'_>) -> Result<FileSet, Vec<Unlocated>> {
    retried(input, &mut |omissions| run_without(omissions, input, program, scope, watch))
}

/// Attempts again without the parts that had errors, if the input asks for that.
fn retried<T>(
    input: &Input,
    attempt: &mut dyn FnMut(&Omissions) -> Result<T, Vec<Unlocated>>,
) -> Result<T, Vec<Unlocated>> {
    let mut omissions = Omissions::default();
    loop {
        match attempt(&omissions) {
            Err(errors) if input.keep_going && omissions.add(input, &errors) => {}
            Err(errors) => return Err(omissions.errors().iter().cloned().chain(errors).collect()),
            Ok(found) => return Ok(found),
        }
    }
}

fn run_without(
    omissions: &Omissions,
    input: &Input,
    program: Program,
    scope: Scope,
    watch: Watch<'_>,
) -> Result<FileSet, Vec<Unlocated>> {
    let (document, config) = check_without(omissions, input, watch)?;
    let (api, refined) = shown(input, &document, &config, watch)?;
    let mut files = FileSet::about(input, document);
    provenance::record(input, program, &mut files);
    watch(Stage::Emit);
    let provenance = Provenance::of(input, &api.version);
    let heading = program.heading(&input.spec.name);
    let library = (scope == Scope::Crate).then(|| emit::emit_library(&api));
    files.readme = emit::readme(&api, input.spec.file_name());
    files.tag_features = api.tag_features();
    for (path, parts) in emit::emit(&api, &refined, &provenance).chain(library) {
        watch(Stage::Format);
        let text = format::format(parts, &heading).map_err(|error| vec![incomplete(input, &error.to_string())])?;
        files.insert(path, text);
        watch(Stage::Emit);
    }
    Ok(files)
}

/// Returns the model of the API, and progenitor's code refined for it.
pub(crate) fn shown(
    input: &Input,
    document: &Document,
    config: &Config,
    watch: Watch<'_>,
) -> Result<(Api, Refined), Vec<Unlocated>> {
    let (openapi, api) = described(input, document, config, watch);
    watch(Stage::Types);
    let types = types::generate(&openapi, &api).map_err(|rejections| upstream(input, &api, &rejections))?;
    watch(Stage::Refine);
    let refined = refine::refine(types, &api).map_err(|problem| vec![incomplete(input, &problem)])?;
    Ok((api, refined))
}

/// Returns the normalised document and the model of the API.
pub(crate) fn described(input: &Input, document: &Document, config: &Config, watch: Watch<'_>) -> (OpenAPI, Api) {
    watch(Stage::Normalise);
    let (openapi, webhooks) = normalise::normalise(document, config);
    watch(Stage::Model);
    let samples = Samples::read(&input.samples).or_documented(&document.openapi);
    let api = lower::lower(&openapi, &webhooks, config, &samples);
    (openapi, api)
}

/// Reads the document and its settings, and fills in optional parts of the document.
pub(crate) fn read(input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Unlocated>> {
    retried(input, &mut |omissions| read_without(omissions, input, watch))
}

fn read_without(omissions: &Omissions, input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Unlocated>> {
    watch(Stage::Load);
    let (mut document, mut config) = match (load::load(input, omissions), config::read(&input.config)) {
        (Ok(document), Ok(config)) => (document, config),
        (document, config) => return Err([document.err(), config.err()].into_iter().flatten().flatten().collect()),
    };
    if let Some(name) = &input.crate_name {
        config.environment.name_after(name);
        config.crate_name = Some(name.clone());
    }
    let is_mistake = |one: &Unlocated| one.code == Code::LikelyMistake;
    if config.lint.strict && document.warnings.iter().any(is_mistake) {
        return Err(document.warnings);
    }
    watch(Stage::Complete);
    complete::complete(&mut document.openapi, &config);
    let unknown = select(&mut document, input, &config);
    if unknown.is_empty() { Ok((document, config)) } else { Err(unknown) }
}

/// Keeps the operations of the chosen tags. Returns a diagnostic for each unknown tag.
fn select(document: &mut Document, input: &Input, config: &Config) -> Vec<Unlocated> {
    let in_settings: Vec<_> = config.only.iter().map(|tag| tag.get_ref().clone()).collect();
    let is_given = !input.only.is_empty();
    let tags = if is_given { &input.only } else { &in_settings };
    let unknown = selection::keep(document, tags).into_iter().map(|(tag, perhaps)| {
        let own = config.only.iter().find(|own| *own.get_ref() == tag).filter(|_| !is_given);
        let offset = own.map(|own| line_column(&input.config.text, own.span().start));
        Unlocated {
            code: Code::ConfigReference,
            message: format!("no operation has the tag `{tag}`{perhaps}"),
            at: offset.map_or_else(|| input.spec.at(""), |(line, column)| input.config.at_line(line, column)),
            help: "use the first tag of an operation, or the first part of its path if it has none".to_owned(),
        }
    });
    unknown.collect()
}

/// Like [`read`], and checks the rules.
pub(crate) fn check(input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Unlocated>> {
    retried(input, &mut |omissions| check_without(omissions, input, watch))
}

/// Checks the rules, and returns the document as one OpenAPI 3.0 document in a single file.
pub(crate) fn bundle(input: &Input) -> Result<(Document, Yaml), Vec<Unlocated>> {
    retried(input, &mut |omissions| {
        let (document, _) = check_without(omissions, input, &mut |_| {})?;
        Ok((document, load::bundle(input, omissions)?))
    })
}

fn check_without(omissions: &Omissions, input: &Input, watch: Watch<'_>) -> Result<(Document, Config), Vec<Unlocated>> {
    let (mut document, config) = read_without(omissions, input, watch)?;
    watch(Stage::Lint);
    let mut diagnostics = lint::lint(input, &document, &config);
    if !document.left_out.is_empty() || !input.only.is_empty() || !config.only.is_empty() {
        // Settings and samples of the operations that are left out.
        document.tolerated.extend(diagnostics.extract_if(.., |one| is_about_others(one.code)));
    }
    if diagnostics.is_empty() {
        diagnostics = renames::problems(input, &document, &config);
        diagnostics.extend(lists_unfit(input, &document, &config));
    }
    if diagnostics.is_empty() { Ok((document, config)) } else { Err(diagnostics) }
}

/// Returns a diagnostic for settings of lists that do not apply.
fn lists_unfit(input: &Input, document: &Document, config: &Config) -> Vec<Unlocated> {
    if config.lists.is_empty() {
        return Vec::new();
    }
    let (openapi, _) = normalise::normalise(document, config);
    let problems = lists::problems(&openapi, &config.lists).into_iter().map(|(at, message)| {
        let (line, column) = line_column(&input.config.text, at.start);
        let help = "fix the setting, or remove the entry".to_owned();
        Unlocated { code: Code::ConfigReference, message, at: input.config.at_line(line, column), help }
    });
    problems.collect()
}

/// Whether a rule is about settings and samples that name parts of the document.
fn is_about_others(code: Code) -> bool {
    matches!(code, Code::ConfigReference | Code::SampleUnknown)
}

fn upstream(input: &Input, api: &Api, rejections: &[types::Rejection]) -> Vec<Unlocated> {
    let diagnostics = rejections.iter().map(|rejection| {
        let types::Rejection { operation, problem, .. } = rejection;
        let what = operation.as_ref().map_or("this document".to_owned(), |operation| format!("`{operation}`"));
        let first_line = problem.lines().next().unwrap_or_default().trim_end_matches(['(', ' ']);
        Unlocated {
            code: Code::Upstream,
            message: format!("progenitor cannot generate code for {what}: {first_line}"),
            at: input.spec.at(rejected(api, rejection)),
            help: "rewrite this part, or report the document as a bug".to_owned(),
        }
    });
    diagnostics.collect()
}

/// Returns the pointer of the rejected schema, or else of its operation.
fn rejected<'a>(api: &'a Api, types::Rejection { operation, pointer, .. }: &types::Rejection) -> &'a str {
    let schema = api.schemas.iter().find(|schema| source::join("/components/schemas", &schema.name) == *pointer);
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let mut operations = operations.filter(|found| Some(&found.id) == operation.as_ref());
    let place = schema.map(|schema| &schema.pointer).or_else(|| Some(&operations.next()?.pointer));
    place.map(String::as_str).unwrap_or_default()
}

fn incomplete(input: &Input, problem: &str) -> Unlocated {
    Unlocated {
        code: Code::Upstream,
        message: format!("progenitor generated unexpected code: {problem}"),
        at: input.spec.at(""),
        help: "report the document as a bug".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::Source;

    /// progenitor accepts every known document, so the test breaks some types on purpose.
    #[test]
    fn every_bad_operation_is_named() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let content = json!({"application/json": {"schema": schema}});
        let get = |number: usize| {
            let responses = json!({"200": {"description": "d", "content": content.clone()}});
            (format!("/p{number}"), json!({"get": {"operationId": format!("p{number}"), "responses": responses}}))
        };
        let paths: Map<String, Value> = (0..20).map(get).collect();
        let text = json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths}).to_string();
        let input = Input::new(Source::new("openapi.yaml", text), Source::new("generator.toml", ""));
        let Ok((document, config)) = check(&input, &mut |_| {}) else { panic!("the document breaks a rule") };
        let (mut openapi, api) = described(&input, &document, &config, &mut |_| {});
        assert!(types::generate(&openapi, &api).is_ok());
        let schemas = &mut openapi.components.as_mut().expect("components").schemas;
        for number in [3, 10, 17] {
            let name = format!("P{number}Response");
            let schema = schemas.get_mut(&name).unwrap_or_else(|| panic!("no {name}"));
            let not = Box::new(schema.clone());
            let schema_kind = SchemaKind::Not { not };
            *schema = ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind });
        }
        let Err(rejections) = types::generate(&openapi, &api) else { panic!("progenitor takes `not`") };
        let found = upstream(&input, &api, &rejections);
        let messages: Vec<_> = found.iter().map(|one| one.message.split(':').next().unwrap_or_default()).collect();
        let expected = ["p10", "p17", "p3"].map(|name| format!("progenitor cannot generate code for `{name}`"));
        assert_eq!(messages, expected);
        assert!(found.iter().all(|one| one.code == Code::Upstream));
    }
}
