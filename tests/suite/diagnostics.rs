//! Diagnostics as the commands print them: as text, in colour, as JSON; and explanations of rules.

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::Code;
use serde_json::{Value, json};
use tests::Result;
use tests::files::{directory, read};
use xtask::Outcome;

use crate::scratch::{Run, Scratch, xtask};

const META: &str = "generated-client/src/generated/meta.rs";
const SPEC: &str = "spec/openapi.yaml";

/// Runs `generate` for a document with these paths and further arguments.
fn generate(directory: &Path, paths: &str, more: &str) -> Result<Run> {
    let (spec, out) = (directory.join("small.yaml"), directory.join("out"));
    fs::write(&spec, format!("openapi: 3.0.3\ninfo: {{title: Small, version: '1'}}\npaths: {paths}\n"))?;
    let command = format!("generate --spec {} --out {} --name small{more}", spec.display(), out.display());
    xtask(&self::directory(".."), &command)
}

#[test]
fn text_says_where_to_read_more() -> Result {
    let scratch = tempfile::tempdir()?;
    let one = generate(scratch.path(), "{'/{a}/{b}': {get: {responses: {}}}}", "")?;
    let end = "\n\n2 errors; nothing was written\nrun `cargo xtask lint --explain path-param` for the reason and an example\n";
    assert!(one.err.ends_with(end), "{}", one.err);
    let two = generate(scratch.path(), "{'/{a}': {get: {security: [{key: []}], responses: {}}}}", "")?;
    let end = "run `cargo xtask lint --explain RULE` for the reason and an example: path-param, security\n";
    assert!(two.err.ends_with(end), "{}", two.err);
    Ok(())
}

#[test]
fn json_has_stable_fields() -> Result {
    let scratch = tempfile::tempdir()?;
    let run = generate(scratch.path(), "{'/{a}': {get: {responses: {}}}}", " --format json")?;
    let expected = json!({
        "diagnostics": [{
            "code": "path-param",
            "severity": "error",
            "message": "`get_by_a` does not declare the path parameter `a`",
            "help": "add to its parameters: {name: a, in: path, required: true, schema: …}",
            "file": scratch.path().join("small.yaml").display().to_string(),
            "line": 3,
            "column": 18,
            "pointer": "/paths/~1{a}/get",
            "source_line": "paths: {'/{a}': {get: {responses: {}}}}",
        }],
        "files": [],
    });
    assert!(run.outcome == Outcome::Rejected && run.err.is_empty(), "{}", run.err);
    assert!(serde_json::from_str::<Value>(&run.out)? == expected, "{}", run.out);
    let broken = generate(scratch.path(), "{", " --format json")?;
    assert!(serde_json::from_str::<Value>(&broken.out)?["diagnostics"][0]["pointer"].is_null(), "{}", broken.out);
    Ok(())
}

/// Standard output contains only JSON, whatever there is to report.
#[test]
fn json_of_a_project() -> Result {
    let scratch = Scratch::new()?;
    let printed = |command: &str, outcome| -> Result<Value> {
        let run = xtask(scratch.root(), &format!("{command} --format json"))?;
        assert!(run.outcome == outcome && run.err.is_empty(), "{command}: {}", run.err);
        Ok(serde_json::from_str(&run.out)?)
    };
    let nothing = json!({"diagnostics": [], "files": []});
    let made = printed("generate", Outcome::Done)?;
    let meta = json!({"file": META, "state": "missing"});
    assert!(made["files"].as_array().is_some_and(|files| files.contains(&meta)), "{}", made.to_string());
    for command in ["lint", "generate", "generate --check"] {
        assert!(printed(command, Outcome::Done)? == nothing, "{command}");
    }
    fs::write(scratch.path(META), format!("{}\n", read(&scratch.path(META))))?;
    let stale = json!({"diagnostics": [], "files": [{"file": META, "state": "stale"}]});
    assert!(printed("generate --check", Outcome::Rejected)? == stale, "a stale file is not printed");
    fs::write(scratch.path(SPEC), "openapi: 4.0.0\n")?;
    for command in ["lint", "generate", "generate --check"] {
        let rejected = printed(command, Outcome::Rejected)?;
        let diagnostic = &rejected["diagnostics"][0];
        assert!(diagnostic["code"] == "openapi-version" && diagnostic["file"] == SPEC, "{}", rejected.to_string());
        assert!(rejected["files"] == json!([]), "{}", rejected.to_string());
    }
    Ok(())
}

/// Diagnostics use the paths of the command line, so that editors can open the files.
#[test]
fn files_are_named_as_they_were_given() -> Result {
    let scratch = tempfile::tempdir()?;
    let [config, samples] = ["small.toml", "samples"].map(|name| scratch.path().join(name));
    let more = format!(" --config {} --samples {}", config.display(), samples.display());
    fs::create_dir_all(samples.join("list"))?;
    fs::write(samples.join("list/any.response.json"), "1")?;
    fs::write(&config, "[operations.list]\nmethod = \"all\"\n")?;
    let run = generate(scratch.path(), "{}", &more)?;
    for name in ["small.toml:1:13", "samples/list/any.response.json:1:1"] {
        let place = format!("--> {}\n", scratch.path().join(name).display());
        assert!(run.err.contains(&place), "{}", run.err);
    }
    Ok(())
}

#[test]
fn colours_are_for_terminals() -> Result {
    let scratch = Scratch::new()?;
    fs::write(scratch.path(SPEC), "openapi: 4.0.0\n")?;
    for (arguments, variables, is_coloured) in [
        (&[][..], &[][..], false),
        (&["--color", "always"], &["NO_COLOR"], true),
        (&["--color", "never"], &["CLICOLOR_FORCE"], false),
        (&[], &["CLICOLOR_FORCE"], true),
        (&[], &["CLICOLOR_FORCE", "NO_COLOR"], false),
    ] {
        let run = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--package", "xtask", "--", "lint", "--root"])
            .arg(scratch.root())
            .args(arguments)
            .current_dir(directory(".."))
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().map(|name| (name, "1")))
            .output()?;
        let err = String::from_utf8(run.stderr)?;
        assert!(err.contains("openapi-version"), "{err}");
        assert!(err.contains('\u{1b}') == is_coloured, "{arguments:?} {variables:?}: {err}");
    }
    Ok(())
}

#[test]
fn a_rule_is_explained() -> Result {
    let printed = xtask(&directory(".."), "lint --explain config-reference")?.out;
    assert!(
        printed.starts_with("config-reference: names in generator.toml exist in the document\n\nA setting "),
        "{printed}"
    );
    let settings = |method| format!("  generator.toml\n    [operations.{method}]\n    method = \"all\"\n");
    let bad = "\nBad\n  openapi.yaml\n    paths:\n      /things:\n".to_owned();
    for part in [bad, settings("get_things"), "\nGood\n".to_owned(), settings("list_things")] {
        assert!(printed.contains(&part), "{printed}");
    }
    Ok(())
}

#[test]
fn rules_are_listed() -> Result {
    let printed = xtask(&directory(".."), "lint --explain")?.out;
    assert!(printed.lines().count() == Code::ALL.len() + 2, "{printed}");
    for (code, line) in Code::ALL.iter().zip(printed.lines()) {
        assert!(line.split_once("  ").is_some_and(|(name, rest)| name == code.name() && !rest.is_empty()), "{line}");
    }
    Ok(())
}

#[test]
fn an_unknown_rule_is_rejected() {
    for (rule, expected) in [
        ("path_parm", "unknown rule `path_parm`, perhaps `path-param`; `cargo xtask lint --explain` lists all"),
        (
            "sample",
            "unknown rule `sample`, perhaps `sample-missing` or `sample-unknown` or `sample-mismatch`; `cargo xtask lint --explain` lists all",
        ),
        ("x", "unknown rule `x`; `cargo xtask lint --explain` lists all"),
    ] {
        let error = xtask(&directory(".."), &format!("lint --explain {rule}")).err();
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(expected));
    }
}
