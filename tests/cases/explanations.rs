//! The explanation of each diagnostic: its bad example triggers only that diagnostic, its good example triggers none.

use generator::{Code, Input, Source, generate};
use libtest_mimic::{Failed, Trial};

/// The parts of a document that examples leave out.
const BASE: [&str; 3] = ["openapi: 3.0.3\n", "info: {title: Things, version: '1'}\n", "paths: {}\n"];

pub(crate) fn cases() -> Vec<Trial> {
    Code::ALL.iter().map(|code| Trial::test(format!("explanation::{code}"), || check(*code))).collect()
}

fn check(code: Code) -> Result<(), Failed> {
    let text = code.explanation();
    assert!(text.starts_with(&format!("# {code}: {}\n\n", code.title())), "it does not begin with `# code: title`");
    // No known document makes progenitor fail.
    if code == Code::Upstream {
        return Ok(());
    }
    let (settings, examples) = text.split_once("\n## Bad\n").ok_or("it has no `## Bad`")?;
    let (bad, good) = examples.split_once("\n## Good\n").ok_or("it has no `## Good` after `## Bad`")?;
    for (name, example, expected) in [("bad", bad, vec![code]), ("good", good, Vec::new())] {
        let diagnostics = match generate(&input(&[settings, example])) {
            Ok(files) => files.warnings().to_vec(),
            Err(diagnostics) => diagnostics,
        };
        let mut codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        codes.dedup();
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        assert!(codes == expected, "of the {name} input is said:\n{}", texts.join("\n\n"));
    }
    Ok(())
}

/// Returns the code blocks of an explanation as input: the document, the settings and the named samples.
fn input(parts: &[&str]) -> Input {
    let (mut spec, mut config) = (String::new(), String::new());
    let (mut samples, mut overlays) = (Vec::new(), Vec::new());
    // Every second part is between two fences.
    let blocks =
        parts.iter().flat_map(|part| part.split("```").skip(1).step_by(2)).filter_map(|it| it.split_once('\n'));
    for (what, text) in blocks {
        match what.split_once(' ') {
            None if what == "yaml" => spec += text,
            None if what == "toml" => config += text,
            Some(("yaml", name)) => overlays.push(Source::new(name, text)),
            Some(("json", name)) => samples.push(Source::new(name, text)),
            _ => panic!(
                "`{what}` is neither yaml nor toml, nor yaml with the name of an overlay, nor json with the name of a sample"
            ),
        }
    }
    let has = |line: &str| line.split_once(':').is_some_and(|(key, _)| spec.lines().any(|line| line.starts_with(key)));
    let base: String = BASE.into_iter().filter(|line| !has(line)).collect();
    let input = Input::new(Source::new("openapi.yaml", base + &spec), Source::new("generator.toml", config));
    Input { samples, ..input.with_overlays(overlays) }
}
