//! Documents that the generator rejects: at least one per diagnostic, with its exact text.

use std::path::Path;

use generator::{Code, generate, lint};
use libtest_mimic::{Failed, Trial};
use tests::files::{directory, expect_file, input, names_in};

pub(crate) fn cases() -> Vec<Trial> {
    let rejections = directory("corpus/rejected");
    let documents = names_in(&rejections).into_iter().filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned));
    let mut cases: Vec<_> = documents
        .map(|name| {
            let rejections = rejections.clone();
            Trial::test(format!("rejection::{name}"), move || check(&rejections, &name))
        })
        .collect();
    cases.push(Trial::test("rejection::every_code_has_one", every_code_has_one));
    cases
}

fn check(rejections: &Path, name: &str) -> Result<(), Failed> {
    let file = |ending: &str| rejections.join(format!("{name}{ending}"));
    let input = input(&file(".yaml"), &file(".toml"), &file(""));
    let is_warning = code_of(name).is_some_and(Code::is_warning);
    let (diagnostics, linted) = match (generate(&input), lint(&input)) {
        (Ok(files), Ok(linted)) if is_warning => (files.warnings().to_vec(), linted),
        (Err(diagnostics), Err(linted)) if !is_warning => (diagnostics, linted),
        (Ok(_), _) => return Err("it was not rejected".into()),
        _ => return Err("it was rejected".into()),
    };
    let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
    if !diagnostics.iter().any(|diagnostic| Some(diagnostic.code) == code_of(name)) {
        return Err(format!("no diagnostic of {name}:\n{}", texts.join("\n\n")).into());
    }
    if linted != diagnostics {
        return Err("lint and generate do not say the same".into());
    }
    expect_file(&file(".txt"), &format!("{}\n", texts.join("\n\n")));
    Ok(())
}

/// No known document makes progenitor fail; the generator's own tests cover that diagnostic.
fn every_code_has_one() -> Result<(), Failed> {
    let names = names_in(&directory("corpus/rejected"));
    let codes: Vec<_> = names.iter().filter_map(|name| code_of(name.strip_suffix(".yaml")?)).collect();
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !codes.contains(code) && **code != Code::Upstream)
        .map(|code| code.name())
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no rejection for: {}", missing.join(", ")).into()) }
}

/// A file is named after its diagnostic, plus a suffix if there are several.
fn code_of(rejection: &str) -> Option<Code> {
    let rejection = rejection.replace('_', "-");
    let codes = Code::ALL.iter().copied().filter(|code| rejection.starts_with(code.name()));
    codes.max_by_key(|code| code.name().len())
}
