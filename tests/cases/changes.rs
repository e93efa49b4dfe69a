//! Changes to a small API: the reported differences, and whether programs for the old API still compile.
//!
//! A case is a file of `tests/changes/`: texts to replace in the base document. The changed document is generated as a
//! crate. The program uses the whole base API, so it compiles exactly if nothing breaks. A breaking change that still
//! compiles needs a reason in its case.

use generator::{Change, Changes, Input, Verdict, diff, generate, generate_crate};
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use tests::files::{directory, input, names_in, read};

use crate::compiled::{self, Crate};

/// The name of the program in every crate, and the name of the unchanged crate.
const CALLER: &str = "caller";
const BASE: &str = "changes_base";

/// A change, and its expected results.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The most severe verdict.
    verdict: String,
    /// All reported changes.
    expected: Vec<String>,
    /// A part of the compiler's error for the program.
    compiler: Option<String>,
    /// The reason why a breaking change causes no compiler error.
    silent: Option<String>,
    edit: Vec<Edit>,
}

/// A text that occurs once in a file, and its replacement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default)]
    file: File,
    find: String,
    replace: String,
}

#[derive(Default, Deserialize)]
enum File {
    #[default]
    #[serde(rename = "openapi.yaml")]
    Spec,
    #[serde(rename = "generator.toml")]
    Settings,
}

pub(crate) fn cases() -> Vec<Trial> {
    let cases = names().into_iter().map(|name| Trial::test(format!("change::{name}"), move || check(&name)));
    let compile =
        names().into_iter().map(|name| Trial::test(format!("change::{name}::caller"), move || check_caller(&name)));
    let base = Trial::test("change::base::caller", || compiled::result_of(BASE));
    cases.chain(compile).chain([base]).collect()
}

/// Returns the base and every case as crates.
pub(crate) fn crates() -> Vec<Crate> {
    let changed = names().into_iter().map(|name| (crate_name(&name), changed(&name)));
    let made = changed.chain([(BASE.to_owned(), Ok(base()))]).filter_map(|(name, input)| {
        let files = generate_crate(&input.ok()?).ok()?;
        let examples = vec![(CALLER.to_owned(), program().replace("changed::", &format!("{name}::")))];
        let root = files.get("lib.rs")?.to_owned();
        Some(Crate { name, root, files, examples, features: Vec::new(), runs: false })
    });
    made.collect()
}

fn names() -> Vec<String> {
    names_in(&directory("changes")).iter().filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned())).collect()
}

fn crate_name(name: &str) -> String {
    format!("change_{name}")
}

fn program() -> String {
    read(&directory("changes/base/caller.rs"))
}

fn case(name: &str) -> Result<Case, Failed> {
    Ok(toml::from_str(&read(&directory("changes").join(format!("{name}.toml"))))?)
}

/// Returns the API that all cases change.
fn base() -> Input {
    let base = directory("changes/base");
    input(&base.join("openapi.yaml"), &base.join("generator.toml"), &base.join("samples"))
}

fn changed(name: &str) -> Result<Input, Failed> {
    let mut input = base();
    for Edit { file, find, replace } in case(name)?.edit {
        let source = match file {
            File::Spec => &mut input.spec,
            File::Settings => &mut input.config,
        };
        let count = source.text.matches(&find).count();
        if count != 1 {
            return Err(format!("{name}: {find:?} stands there {count} times").into());
        }
        source.text = source.text.replace(&find, &replace);
    }
    Ok(input)
}

/// Returns the changes of a case.
fn changes(name: &str) -> Result<Changes, Failed> {
    diff(&base(), &changed(name)?).map_err(|unreadable| {
        let texts: Vec<_> = unreadable.diagnostics.iter().map(ToString::to_string).collect();
        format!("{unreadable}\n{}", texts.join("\n\n")).into()
    })
}

/// Checks that exactly the expected changes are reported.
fn check(name: &str) -> Result<(), Failed> {
    let (case, changes) = (case(name)?, changes(name)?);
    let verdict = changes.verdict().map_or("none", Verdict::as_str);
    let mut said: Vec<_> = changes.iter().map(ToString::to_string).collect();
    let mut expected = case.expected.clone();
    said.sort();
    expected.sort();
    if said != expected || verdict != case.verdict {
        let toml: Vec<_> = said.iter().map(|line| format!("    {line:?},")).collect();
        return Err(format!("{verdict}, not {}:\n{}", case.verdict, toml.join("\n")).into());
    }
    match changes.iter().find(|change| change.place.line == 1 && change.place.pointer.as_deref() != Some("")) {
        Some(Change { subject, place, .. }) => Err(format!("{subject} has no place: {:?}", place.pointer).into()),
        None => Ok(()),
    }
}

/// Checks that the program compiles exactly if the verdict promises it.
fn check_caller(name: &str) -> Result<(), Failed> {
    let (case, krate) = (case(name)?, crate_name(name));
    generate(&changed(name)?).map_err(|diagnostics| {
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        texts.join("\n\n")
    })?;
    compiled::library(&krate)?;
    let errors = compiled::program(&krate, CALLER)?;
    match (case.verdict.as_str(), case.compiler, case.silent) {
        ("breaking", Some(compiler), None) if errors.contains(&compiler) => Ok(()),
        ("breaking", Some(compiler), None) => Err(format!("expected {compiler:?} in:\n{errors}").into()),
        ("breaking", None, Some(_)) | ("additive" | "editorial", None, None) => {
            if errors.is_empty() {
                Ok(())
            } else {
                Err(errors.into())
            }
        }
        ("breaking", ..) => {
            Err(format!("add the error of the compiler, or the reason why there is none:\n{errors}").into())
        }
        (verdict, ..) => Err(format!("a case that is {verdict} compiles without a reason").into()),
    }
}
