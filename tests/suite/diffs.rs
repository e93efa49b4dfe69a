//! `cargo xtask diff`: its baselines, its formats, and its errors.

use std::fs;
use std::process::Command;

use generator::{Input, Source, diff};
use serde_json::{Value, json};
use tests::Result;
use tests::files::{directory, read};
use xtask::Outcome;

use crate::scratch::{Scratch, xtask};

const SPEC: &str = "spec/openapi.yaml";
const CONFIG: &str = "spec/generator.toml";
/// A text of the spec and its replacement, which adds a variant.
const VALUE: [&str; 2] = ["enum: [active, signed_up,", "enum: [active, lapsed, signed_up,"];
/// A setter becomes stricter: a breaking change without a compiler error.
const LIMIT: [&str; 2] = ["maximum: 100\n", "maximum: 100\n        multipleOf: 5\n"];

/// Returns a small document with these fields.
fn small(fields: &str, config: &str) -> Input {
    let spec = format!(
        "openapi: 3.0.3\ninfo: {{title: Small, version: '1'}}\nservers: [{{url: 'https://example.com'}}]\n\
         security: [{{key: []}}]\npaths:\n  /things:\n    get:\n      operationId: get_things\n      tags: [Things]\n      \
         responses: {{2XX: {{description: It., content: {{application/json: {{schema: \
         {{$ref: '#/components/schemas/Thing'}}}}}}}}}}\ncomponents:\n  securitySchemes: {{key: {{type: http, scheme: bearer}}}}\n  \
         schemas:\n    Thing:\n      type: object\n      properties:\n{fields}"
    );
    Input::new(Source::new("a.yaml", spec), Source::new("a.toml", config))
}

fn two_changes() -> Result<generator::Changes> {
    let old = small("        a: {type: string}\n        b: {type: integer, description: One.}\n", "");
    let new = small("        b: {type: integer, description: Two.}\n        c: {type: string}\n", "");
    diff(&old, &new).map_err(|error| format!("{error}: {:?}", error.diagnostics).into())
}

#[test]
fn texts() -> Result {
    let changes = two_changes()?;
    let summary = "3 changes for users of the crate: 1 breaking, 1 additive, 1 editorial; 1.2.3 → 2.0.0";
    let removed = "`Thing.a` was removed; if the API still sends it, it is in `extra`; perhaps renamed to `c`";
    let [added, described] =
        ["`Thing.c` is new: `Option<String>`", "`Thing.b` has another `description` in the document"];
    let text = format!(
        "breaking:\n  {removed}\n    a.yaml:17 [field-removed]\n\nadditive:\n  {added}\n    a.yaml:18 [field-added]\n\n\
         editorial:\n  {described}\n    a.yaml:17 [prose]\n\n{summary}\n"
    );
    assert!(changes.text(Some("1.2.3")) == text, "{}", changes.text(Some("1.2.3")));
    let markdown = format!(
        "### The API\n{summary}.\n\n#### Breaking\n- {removed}.\n\n#### New\n- {added}.\n\n#### Other\n- {described}.\n"
    );
    assert!(changes.markdown(Some("1.2.3")) == markdown, "{}", changes.markdown(Some("1.2.3")));
    let short = format!("breaking: {removed}\n{summary}\n");
    assert!(changes.short_text(Some("1.2.3")) == short, "{}", changes.short_text(Some("1.2.3")));
    Ok(())
}

#[test]
fn json_has_stable_fields() -> Result {
    let changes = two_changes()?.json(Some("0.3.1"));
    let expected = json!({
        "verdict": "breaking",
        "silent": false,
        "code": "field-removed",
        "subject": "Thing.a",
        "message": "was removed; if the API still sends it, it is in `extra`",
        "hint": "perhaps renamed to `c`",
        "side": "old",
        "file": "a.yaml",
        "line": 17,
        "column": 9,
        "pointer": "/components/schemas/Thing/properties/a",
    });
    assert!(changes["changes"][0] == expected, "{}", changes.to_string());
    assert!(changes["version"] == json!({"current": "0.3.1", "next": "0.4.0"}), "{}", changes.to_string());
    assert!(changes["counts"] == json!({"breaking": 1, "additive": 1, "editorial": 1}), "{}", changes.to_string());
    assert!(changes["verdict"] == "breaking", "{}", changes.to_string());
    Ok(())
}

/// The next version follows from the most severe change: breaking, additive, editorial.
#[test]
fn versions() -> Result {
    let [a, b] = ["        a: {type: string}\n", "        b: {type: string}\n"];
    let described = "        a: {type: string, description: It.}\n";
    let both = format!("{a}{b}");
    for (current, breaking, additive, editorial) in [
        ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ("0.1.0", "0.2.0", "0.1.1", "0.1.1"),
        ("0.9.7-rc.1", "0.10.0", "0.9.8", "0.9.8"),
        ("1.4.2+build", "2.0.0", "1.5.0", "1.4.3"),
    ] {
        for (old, new, expected) in [
            (both.as_str(), a, Some(breaking)),
            (a, &both, Some(additive)),
            (a, described, Some(editorial)),
            (a, a, None),
        ] {
            let changes = diff(&small(old, ""), &small(new, "")).map_err(|error| error.to_string())?;
            let next = changes.next_version(current);
            assert!(next.as_deref() == expected, "{current} → {next:?}, not {expected:?}");
        }
    }
    let changes = diff(&small(a, ""), &small(b, "")).map_err(|error| error.to_string())?;
    for odd in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.99999999999999999999"] {
        assert!(changes.next_version(odd).is_none(), "{odd}");
    }
    Ok(())
}

/// Returns a project in a git repository, with everything committed.
fn under_git() -> Result<Scratch> {
    let scratch = Scratch::new()?;
    fs::create_dir_all(scratch.path("generated-client"))?;
    fs::write(scratch.path("Cargo.toml"), "[workspace.package]\nversion = \"0.4.2\"\n")?;
    fs::write(scratch.path("generated-client/Cargo.toml"), "[package]\nversion.workspace = true\n")?;
    git(&scratch, &["init", "--quiet"])?;
    commit(&scratch)?;
    Ok(scratch)
}

fn git(scratch: &Scratch, arguments: &[&str]) -> Result {
    let own = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(scratch.root()).args(own).args(arguments).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn commit(scratch: &Scratch) -> Result {
    git(scratch, &["add", "--all"])?;
    git(scratch, &["commit", "--quiet", "--message", "a"])
}

fn edit(scratch: &Scratch, name: &str, [find, replace]: [&str; 2]) -> Result {
    let text = read(&scratch.path(name));
    assert!(text.contains(find), "{find}");
    Ok(fs::write(scratch.path(name), text.replacen(find, replace, 1))?)
}

/// Returns the error of a command that fails.
fn failure(scratch: &Scratch, command: &str) -> Result<String> {
    match xtask(scratch.root(), command) {
        Ok(run) => Err(format!("it passed: {}{}", run.out, run.err).into()),
        Err(failed) => Ok(failed.to_string()),
    }
}

#[test]
fn with_a_revision() -> Result {
    let scratch = under_git()?;
    edit(&scratch, SPEC, VALUE)?;
    commit(&scratch)?;
    edit(&scratch, SPEC, LIMIT)?;
    let since_commit = xtask(scratch.root(), "diff HEAD")?;
    assert!(since_commit.outcome == Outcome::Done && since_commit.err.is_empty(), "{}", since_commit.err);
    assert!(since_commit.out.contains("`list_payouts.limit` must be a multiple of 5"), "{}", since_commit.out);
    assert!(since_commit.out.contains("5 breaking, 0 additive, 0 editorial; 0.4.2 → 0.5.0\n"), "{}", since_commit.out);
    let since_before = xtask(scratch.root(), "diff HEAD~1 --format json")?;
    let json: Value = serde_json::from_str(&since_before.out)?;
    assert!(json["counts"] == json!({"breaking": 5, "additive": 1, "editorial": 0}), "{}", since_before.out);
    let file = json["changes"][0]["file"].as_str();
    assert!(file == Some(SPEC), "{}", since_before.out);
    Ok(())
}

#[test]
fn with_a_file() -> Result {
    let scratch = Scratch::new()?;
    let old = tempfile::tempdir()?;
    let spec = old.path().join("old.yaml");
    fs::write(&spec, read(&directory("../spec/openapi.yaml")).replacen(VALUE[0], VALUE[1], 1))?;
    let command = format!("diff {} --format markdown", spec.display());
    let with_present_settings = xtask(scratch.root(), &command)?;
    let expected = "#### Breaking\n- `SubscriptionStatus::Lapsed` was removed: `lapsed` is read as `Unknown`.\n";
    assert!(with_present_settings.out.ends_with(expected), "{}", with_present_settings.out);
    let settings = read(&directory("../spec/generator.toml"));
    fs::write(old.path().join("generator.toml"), settings.replacen("requests = 200", "requests = 100", 1))?;
    let with_its_own = xtask(scratch.root(), &command)?;
    assert!(
        with_its_own.out.contains("- `rate limit` is 200 requests in 60 seconds instead of 100"),
        "{}",
        with_its_own.out
    );
    Ok(())
}

#[test]
fn settings_of_the_revision_count() -> Result {
    let scratch = under_git()?;
    edit(&scratch, CONFIG, ["PROMOTEKIT_API_KEY", "PROMOTEKIT_KEY"])?;
    let run = xtask(scratch.root(), "diff HEAD")?;
    let line = read(&scratch.path(CONFIG)).lines().position(|line| line.contains("PROMOTEKIT_KEY")).unwrap_or_default();
    assert!(run.out.contains("`PROMOTEKIT_API_KEY` is no longer read by `Client::from_env`"), "{}", run.out);
    assert!(run.out.contains(&format!("    {CONFIG}:{} [environment]", line + 1)), "{}", run.out);
    git(&scratch, &["rm", "--quiet", "--cached", CONFIG])?;
    git(&scratch, &["commit", "--quiet", "--message", "b"])?;
    let run = xtask(scratch.root(), "diff HEAD")?;
    assert!(run.out == "nothing changed since HEAD\n", "{}", run.out);
    Ok(())
}

#[test]
fn nothing_changed() -> Result {
    let scratch = under_git()?;
    edit(&scratch, SPEC, ["openapi: 3.0.3", "# A comment is no change.\nopenapi: 3.0.3"])?;
    fs::write(scratch.path("CHANGELOG.md"), "# Changelog\n")?;
    let run = xtask(scratch.root(), "diff HEAD --changelog")?;
    assert!(run.outcome == Outcome::Done && run.out == "nothing changed since HEAD\n", "{}", run.out);
    assert!(read(&scratch.path("CHANGELOG.md")) == "# Changelog\n", "the changelog was changed");
    let run = xtask(scratch.root(), "diff HEAD --format json")?;
    let json: Value = serde_json::from_str(&run.out)?;
    assert!(json["verdict"].is_null() && json["changes"] == json!([]), "{}", run.out);
    Ok(())
}

#[test]
fn the_changelog_keeps_one_section() -> Result {
    let scratch = under_git()?;
    edit(&scratch, SPEC, VALUE)?;
    let missing = failure(&scratch, "diff HEAD --changelog")?;
    assert!(missing.starts_with("cannot read CHANGELOG.md: "), "{missing}");
    fs::write(scratch.path("CHANGELOG.md"), "# Changelog\n")?;
    let without = failure(&scratch, "diff HEAD --changelog")?;
    assert!(without == "CHANGELOG.md has no heading `## Unreleased`", "{without}");
    fs::write(scratch.path("CHANGELOG.md"), "# Changelog\n\n## Unreleased\n- Mine.\n\n## 0.1.0\n- First.\n")?;
    let first = xtask(scratch.root(), "diff HEAD --changelog")?;
    assert!(first.err == "CHANGELOG.md has the new section\n", "{}", first.err);
    let text = read(&scratch.path("CHANGELOG.md"));
    assert!(
        text.contains("\n- `SubscriptionStatus::Lapsed` is new") && text.ends_with("## 0.1.0\n- First.\n"),
        "{text}"
    );
    let second = xtask(scratch.root(), "diff HEAD --changelog")?;
    assert!(second.err == "CHANGELOG.md has it already\n", "{}", second.err);
    assert!(read(&scratch.path("CHANGELOG.md")) == text, "a second run changed it");
    edit(&scratch, SPEC, LIMIT)?;
    xtask(scratch.root(), "diff HEAD --changelog")?;
    let text = read(&scratch.path("CHANGELOG.md"));
    assert!(text.matches("### The API").count() == 1 && text.contains("5 breaking, 1 additive"), "{text}");
    Ok(())
}

#[test]
fn what_cannot_be_found_is_named() -> Result {
    let scratch = under_git()?;
    let unknown = failure(&scratch, "diff v9.9")?;
    assert!(unknown.starts_with("`v9.9` is neither a file nor a git revision: "), "{unknown}");
    let option = failure(&scratch, "diff -- --output=x")?;
    assert!(option.starts_with("`--output=x` is neither a file nor a git revision"), "{option}");
    let file = failure(&scratch, "diff old/openapi.yaml")?;
    assert!(file.starts_with("`old/openapi.yaml` is neither a file nor"), "{file}");
    git(&scratch, &["rm", "--quiet", "--cached", SPEC])?;
    git(&scratch, &["commit", "--quiet", "--message", "b"])?;
    let without = failure(&scratch, "diff HEAD")?;
    assert!(without == "HEAD has no spec/openapi.yaml", "{without}");
    let no_repository = failure(&Scratch::new()?, "diff HEAD")?;
    assert!(no_repository.contains("not a git repository"), "{no_repository}");
    Ok(())
}

#[test]
fn what_is_no_spec_is_shown() -> Result {
    let scratch = under_git()?;
    let good = read(&scratch.path(SPEC));
    fs::write(scratch.path(SPEC), "openapi: 3.0.3\ninfo: [\n")?;
    let new = xtask(scratch.root(), "diff HEAD")?;
    assert!(new.outcome == Outcome::Rejected && new.out.is_empty(), "{}", new.out);
    assert!(new.err.contains("error[syntax]") && new.err.contains(" --> spec/openapi.yaml:"), "{}", new.err);
    assert!(new.err.contains("the generator rejects this spec\n"), "{}", new.err);
    commit(&scratch)?;
    fs::write(scratch.path(SPEC), good)?;
    let old = xtask(scratch.root(), "diff HEAD")?;
    assert!(old.outcome == Outcome::Rejected && old.err.contains(" --> HEAD:spec/openapi.yaml:"), "{}", old.err);
    let end = "1 error; cannot compare with HEAD, because the generator rejects it\n";
    assert!(old.err.contains(end), "{}", old.err);
    Ok(())
}

/// An earlier version is a valid baseline even if the generator would reject it.
#[test]
fn examples_need_not_fit() -> Result {
    let scratch = under_git()?;
    edit(&scratch, SPEC, ["enum: [active, signed_up,", "enum: [signed_up,"])?;
    commit(&scratch)?;
    assert!(xtask(scratch.root(), "lint")?.err.contains("error[example-invalid]"), "the examples fit");
    edit(&scratch, SPEC, ["enum: [signed_up,", "enum: [active, signed_up,"])?;
    let run = xtask(scratch.root(), "diff HEAD")?;
    assert!(run.out.contains("`SubscriptionStatus::Active` is new"), "{}{}", run.out, run.err);
    Ok(())
}

#[test]
fn generate_tells_the_short_form() -> Result {
    let scratch = under_git()?;
    let told = |out: &str| out.lines().filter(|line| line.contains("for users of the crate")).count();
    let first = xtask(scratch.root(), "generate")?;
    assert!(told(&first.out) == 0, "{}", first.out);
    edit(&scratch, SPEC, VALUE)?;
    let additive = xtask(scratch.root(), "generate")?;
    let expected = "1 change for users of the crate: 0 breaking, 1 additive, 0 editorial; 0.4.2 → 0.4.3\n";
    assert!(additive.out.ends_with(expected), "{}", additive.out);
    assert!(told(&xtask(scratch.root(), "generate")?.out) == 0, "it is told again");
    edit(&scratch, SPEC, LIMIT)?;
    let breaking = xtask(scratch.root(), "generate")?;
    assert!(breaking.outcome == Outcome::Done, "{}", breaking.err);
    assert!(breaking.out.contains("breaking: `list_payouts.limit` must be a multiple of 5"), "{}", breaking.out);
    let copy = "generated-client/src/generated/inputs/openapi.yaml";
    fs::write(scratch.path(copy), format!("# {}x.\nopenapi: 2\n", generator::MARKER))?;
    let unreadable = xtask(scratch.root(), "generate")?;
    let expected = "cannot list changes: the old version cannot be read\n";
    assert!(unreadable.outcome == Outcome::Done && unreadable.out.ends_with(expected), "{}", unreadable.out);
    Ok(())
}
