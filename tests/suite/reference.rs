//! The derived document: curl and Rust examples of every operation. The crate's documentation has the same Rust code.

use std::process::Command;

use generator::{Input, Source, generate, reference};
use promotekit::mock;
use serde_json::Value;
use tests::Result;
use tests::files::{self, directory, expect_file, files_below};

/// Examples of every kind of value, in a document of their own.
#[test]
fn golden() -> Result {
    let directory = directory("corpus/accepted/examples");
    let [spec, config, samples] = ["openapi.yaml", "generator.toml", "samples"].map(|name| directory.join(name));
    let input = files::input(&spec, &config, &samples);
    expect_file(&directory.join("reference.json"), &(reference(&input).map_err(diagnostics)? + "\n"));
    Ok(())
}

/// The command has every key, and the headers of every request.
#[test]
fn keys_and_headers() -> Result {
    let directory = directory("corpus/accepted/several_keys");
    let [spec, config, samples] = ["openapi.yaml", "generator.toml", "samples"].map(|name| directory.join(name));
    let operations = operations(&files::input(&spec, &config, &samples))?;
    let (_, list) = operations.iter().find(|(name, _)| name == "list_notes").ok_or("no operation")?;
    let shell = self::samples(list).into_iter().find(|(language, _)| language == "Shell");
    let expected = [
        "curl \"https://api.example.com/notes?token=$KEYS_TOKEN\"",
        "--header \"X-App-Id: $KEYS_APP_ID\"",
        "--header \"Authorization: Bearer $KEYS_SECRET\"",
        "--header 'X-Api-Version: 2026-11-01'",
        "--header 'X-Client: keys'",
    ];
    assert_eq!(shell.map(|(_, command)| command), Some(expected.join(" \\\n  ")));
    Ok(())
}

#[test]
fn every_operation_has_both() -> Result {
    let operations = operations(&project())?;
    assert!(operations.len() == 15, "{} operations", operations.len());
    let documentation = documentation();
    for (name, operation) in operations {
        let samples = samples(&operation);
        let languages: Vec<_> = samples.iter().map(|(language, _)| language.as_str()).collect();
        assert!(languages == ["Rust", "Shell"], "{name} has {languages:?}");
        let (_, rust) = &samples[0];
        assert!(documentation.contains(rust), "the documentation of {name} has another example than\n{rust}");
    }
    Ok(())
}

/// Returns the doc comments of all resources, as rustdoc reads them.
fn documentation() -> String {
    let files = files_below(&directory("../generated-client/src/generated/resources"));
    let lines =
        files.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.trim_start().strip_prefix("///"));
    lines.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
}

#[test]
fn the_document_is_the_same_without_them() -> Result {
    let input = project();
    let mut derived = derived(&input)?;
    for item in derived["paths"].as_object_mut().into_iter().flatten().filter_map(|(_, item)| item.as_object_mut()) {
        for operation in item.values_mut().filter_map(Value::as_object_mut) {
            operation.remove("x-codeSamples");
        }
    }
    let original: serde_yaml::Value = serde_yaml::from_str(&input.spec.text)?;
    assert!(derived == serde_json::to_value(original)?, "more differs than the samples");
    Ok(())
}

#[test]
fn a_sample_changes_all_that_shows_it() -> Result {
    let mut input = project();
    let id = "6da8b7df-c541-498f-90ef-01d5730ef236";
    let other = "7da8b7df-c541-498f-90ef-01d5730ef237";
    let sample =
        input.samples.iter_mut().find(|sample| sample.name.ends_with("create_commission/typical.request.json"));
    let sample = sample.ok_or("no sample")?;
    assert!(sample.text.contains(id), "{}", sample.text);
    sample.text = sample.text.replace(id, other);
    let operations = operations(&input)?;
    let (_, operation) = operations.iter().find(|(name, _)| name == "create_commission").ok_or("no operation")?;
    for (language, source) in samples(operation) {
        assert!(source.contains(other), "{language}: {source}");
    }
    let files = generate(&input).map_err(diagnostics)?;
    let docs = files.get("generated/resources/commissions.rs").unwrap_or_default();
    assert!(docs.contains(other) && !docs.contains(id), "{docs}");
    Ok(())
}

#[test]
fn a_rejected_document_has_none() {
    let input = Input::new(Source::new("a.yaml", "openapi: 4.0.0"), Source::new("b", ""));
    let found = reference(&input).err().unwrap_or_default();
    assert!(found.len() == 1 && found[0].message.contains("not supported"), "{found:?}");
}

/// Runs the curl commands, with the mock server in place of the API.
#[test]
fn curl_gets_a_response() -> Result {
    let server = mock::builder().samples().start()?;
    for (name, operation) in operations(&project())? {
        let (_, command) =
            samples(&operation).into_iter().find(|(language, _)| language == "Shell").ok_or("no sample")?;
        let here = command.replace("https://www.promotekit.com/api/v1", &server.url());
        assert!(here != command, "{name} goes elsewhere: {command}");
        let here = here.replacen("curl ", "curl --silent --show-error --fail-with-body ", 1);
        let run = Command::new("sh").args(["-c", &here]).env("PROMOTEKIT_API_KEY", server.api_key()).output()?;
        let text = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{name}: {here}\n{text}");
        assert!(server.requests_for(&name).len() == 1, "{name} was not called");
    }
    Ok(())
}

fn project() -> Input {
    let spec = directory("../spec");
    files::input(&spec.join("openapi.yaml"), &spec.join("generator.toml"), &spec.join("samples"))
}

fn derived(input: &Input) -> Result<Value> {
    Ok(serde_json::from_str(&reference(input).map_err(diagnostics)?)?)
}

/// Returns the operations by name.
fn operations(input: &Input) -> Result<Vec<(String, Value)>> {
    let derived = derived(input)?;
    let items = derived["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
    let operations = items.flatten().map(|(_, operation)| operation.clone());
    Ok(operations.filter_map(|operation| Some((operation["operationId"].as_str()?.to_owned(), operation))).collect())
}

/// Returns the languages and sources of an operation's samples.
fn samples(operation: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let samples = operation["x-codeSamples"].as_array().into_iter().flatten();
    samples.map(|sample| (text(&sample["lang"]), text(&sample["source"]))).collect()
}

fn diagnostics(found: Vec<generator::Diagnostic>) -> Box<dyn std::error::Error> {
    found.into_iter().map(|found| found.message).collect::<Vec<_>>().join("\n").into()
}
