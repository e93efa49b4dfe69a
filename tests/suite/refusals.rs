//! Documents that the generator refuses: one for each rule, with exactly what it says about them.

use std::path::Path;

use generator::{generate, lint};
use libtest_mimic::{Failed, Trial};

use crate::cases::{expect_file, folder, input, names_in};

pub(crate) fn trials() -> Vec<Trial> {
    let refusals = folder("refusals");
    let documents = names_in(&refusals).into_iter().filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned));
    let mut trials: Vec<_> = documents
        .map(|name| {
            let refusals = refusals.clone();
            Trial::test(format!("refusal::{name}"), move || check(&refusals, &name))
        })
        .collect();
    trials.push(Trial::test("refusal::every_rule_has_one", every_rule_has_one));
    trials
}

fn check(refusals: &Path, name: &str) -> Result<(), Failed> {
    let file = |ending: &str| refusals.join(format!("{name}{ending}"));
    let input = input(&file(".yaml"), &file(".toml"), &file(""));
    let Err(findings) = generate(&input) else { return Err("it was not refused".into()) };
    let texts: Vec<_> = findings.iter().map(ToString::to_string).collect();
    let name_of_code = name.replace('_', "-");
    if !findings.iter().any(|finding| name_of_code.starts_with(finding.code)) {
        return Err(format!("no finding of {name_of_code}:\n{}", texts.join("\n\n")).into());
    }
    let linted = lint(&input).err().unwrap_or_default();
    if name != "upstream" && linted != findings {
        return Err("lint and generate do not say the same".into());
    }
    expect_file(&file(".txt"), &format!("{}\n", texts.join("\n\n")))
}

/// A rule, its file and its fixture share one name.
fn every_rule_has_one() -> Result<(), Failed> {
    let rules = names_in(&folder("../generator/src/lint"));
    let rules =
        rules.iter().filter_map(|name| name.strip_suffix(".rs")).filter(|name| !["mod", "conformance"].contains(name));
    let missing: Vec<_> = rules.filter(|rule| !folder("refusals").join(format!("{rule}.yaml")).exists()).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no refusal for: {}", missing.join(", ")).into()) }
}
