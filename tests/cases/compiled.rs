//! Compiles generated sources as crates of one workspace.
//!
//! One `cargo check` covers most crates; one `cargo build` covers those whose programs run.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Seek;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use fs4::FileExt;
use generator::FileSet;
use libtest_mimic::Failed;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tests::files::{directory, files_below, read, target_directory};

use crate::{changes, evolution, goldens, names, reported};

/// A crate to check: generated sources, and programs that use them.
#[derive(Clone)]
pub(crate) struct Crate {
    pub(crate) name: String,
    /// Its `lib.rs`.
    pub(crate) root: String,
    pub(crate) files: FileSet,
    /// Pairs of name and source.
    pub(crate) examples: Vec<(String, String)>,
    /// The enabled features.
    pub(crate) features: Vec<String>,
    /// Whether its programs are run, so that they are built as well as checked. Names of such programs are unique.
    pub(crate) runs: bool,
}

/// Returns the features with which everything of a crate is compiled.
pub(crate) fn all_features() -> Vec<String> {
    ["blocking", "cli", "mock"].map(str::to_owned).into()
}

/// Dependencies of the programs that the crates themselves do not need.
const FOR_PROGRAMS: &str = "\n[dev-dependencies]\nsocket = { path = \"../socket\" }\n\
                            tokio = { workspace = true, features = [\"macros\", \"rt-multi-thread\"] }\n";
/// The crate of the server that receives the programs' requests.
const SOCKET: &str = "[package]\nname = \"socket\"\nedition.workspace = true\n";

/// The compiler's messages, by crate and target.
type Messages = BTreeMap<(String, String), Vec<Message>>;

#[derive(Deserialize, Serialize)]
struct Message {
    text: String,
    is_error: bool,
}

/// Returns an error if the compiler printed anything for a crate or its programs.
pub(crate) fn result_of(name: &str) -> Result<(), Failed> {
    let said = messages()?.iter().filter(|((of, _), _)| of == name).flat_map(|(_, messages)| messages);
    silence(&said.map(|message| message.text.as_str()).collect::<String>())
}

/// Returns an error if the compiler printed anything for a crate's library.
pub(crate) fn library(name: &str) -> Result<(), Failed> {
    let said = messages()?.get(&(name.to_owned(), name.to_owned())).into_iter().flatten();
    silence(&said.map(|message| message.text.as_str()).collect::<String>())
}

/// Returns the compiler's errors in a program of a crate.
pub(crate) fn program(name: &str, example: &str) -> Result<String, Failed> {
    let said = messages()?.get(&(name.to_owned(), example.to_owned())).into_iter().flatten();
    Ok(said.filter(|message| message.is_error).map(|message| message.text.as_str()).collect())
}

fn silence(said: &str) -> Result<(), Failed> {
    if said.is_empty() { Ok(()) } else { Err(said.into()) }
}

fn messages() -> Result<&'static Messages, Failed> {
    static MESSAGES: LazyLock<Result<Messages, String>> = LazyLock::new(|| match env::var("NEXTEST_RUN_ID") {
        Ok(run) => messages_of_run(&run).unwrap_or_else(|error| Err(error.to_string())),
        Err(_) => check_all(),
    });
    MESSAGES.as_ref().map_err(|error| error.clone().into())
}

fn check_all() -> Result<Messages, String> {
    let crates =
        [goldens::crates(), evolution::crates(), changes::crates(), reported::crates(), names::crates()].concat();
    compile(&crates).map_err(|error| format!("{error:?}"))
}

/// Shares the messages between the processes of a `cargo nextest` run: the first one compiles, the others read a file.
fn messages_of_run(run: &str) -> tests::Result<Result<Messages, String>> {
    let workspace = target_directory().join("compiled");
    fs::create_dir_all(&workspace)?;
    let mut file =
        File::options().create(true).read(true).write(true).truncate(false).open(workspace.join("messages"))?;
    FileExt::lock(&file)?;
    if let Ok((of, messages)) = serde_json::from_reader::<_, (String, Result<Vec<_>, String>)>(&file)
        && of == run
    {
        return Ok(messages.map(|messages| messages.into_iter().collect()));
    }
    let messages = check_all();
    file.set_len(0)?;
    file.rewind()?;
    serde_json::to_writer(&file, &(run, messages.as_ref().map(|messages| messages.iter().collect::<Vec<_>>())))?;
    Ok(messages)
}

/// Runs a program of a crate; returns an error unless it succeeds.
pub(crate) fn run(name: &str, example: &str) -> Result<(), Failed> {
    result_of(name)?;
    let workspace = target_directory().join("compiled");
    let program = workspace.join("target/debug/examples").join(example).with_extension(env::consts::EXE_EXTENSION);
    let output = Command::new(program).current_dir(&workspace).output()?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) }
}

/// Returns the messages for each target that has any.
fn compile(crates: &[Crate]) -> Result<Messages, Failed> {
    let workspace = target_directory().join("compiled");
    lay_out(&workspace, crates)?;
    let mut messages = Messages::new();
    for (command, runs) in [("check", false), ("build", true)] {
        let members: Vec<_> = crates.iter().filter(|member| member.runs == runs).collect();
        cargo(&workspace, command, &members, &mut messages)?;
    }
    Ok(messages)
}

/// Adds the messages for the given crates.
fn cargo(workspace: &Path, command: &str, crates: &[&Crate], messages: &mut Messages) -> Result<(), Failed> {
    let features = crates
        .iter()
        .flat_map(|member| member.features.iter().map(move |feature| format!("{}/{feature}", member.name)));
    let features: Vec<_> = features.collect();
    let output = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--keep-going", "--lib", "--examples", "--message-format", "json"])
        .args(["--no-default-features", "--features", &features.join(",")])
        .args(crates.iter().flat_map(|member| ["--package", &member.name]))
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .current_dir(workspace)
        .output()?;
    let before = messages.len();
    for line in String::from_utf8(output.stdout)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let (Some(id), Some(text)) = (message["package_id"].as_str(), message["message"]["rendered"].as_str()) else {
            continue;
        };
        let about = crates.iter().find(|other| id.contains(&format!("/{}#", other.name)));
        let krate = about.map_or(id, |about| &about.name).to_owned();
        let target = message["target"]["name"].as_str().unwrap_or_default().to_owned();
        let is_error = message["message"]["level"] == "error";
        messages.entry((krate, target)).or_default().push(Message { text: text.to_owned(), is_error });
    }
    if !output.status.success() && messages.len() == before {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(())
}

fn lay_out(workspace: &Path, crates: &[Crate]) -> Result<(), Failed> {
    let project = directory("..");
    let manifest = read(&project.join("Cargo.toml"));
    let names: Vec<_> = crates.iter().map(|member| format!("\"{}\"", member.name)).collect();
    let members = format!("members = [\"socket\", {}]", names.join(", "));
    let manifest = manifest.lines().map(|line| if line.starts_with("members = ") { members.as_str() } else { line });
    // All crates link the one runtime of this project.
    let manifest = manifest.collect::<Vec<_>>().join("\n");
    let manifest = manifest.replace("path = \"", &format!("path = \"{}/", project.display()));
    // The programs are small: it takes longer to optimise their dependencies than to run them.
    let manifest = manifest.replace("opt-level = 1", "opt-level = 0").replace("\"line-tables-only\"", "0");
    write(&workspace.join("Cargo.toml"), &manifest)?;
    write(&workspace.join("Cargo.lock"), &read(&project.join("Cargo.lock")))?;
    write(&workspace.join("socket/Cargo.toml"), SOCKET)?;
    write(&workspace.join("socket/src/lib.rs"), reported::SOCKET)?;
    let manifest = read(&project.join("generated-client/Cargo.toml")).replace("readme = ", "# readme = ");
    let manifest = without_sections(&manifest, &["[dev-dependencies]", "[[bin]]", "[[example]]"]) + FOR_PROGRAMS;
    for member in crates {
        let directory = workspace.join(&member.name);
        for stale in ["src/generated", "examples"] {
            remove_others(&directory.join(stale), member)?;
        }
        let manifest = manifest.replace("name = \"promotekit\"", &format!("name = \"{}\"", member.name));
        write(&directory.join("Cargo.toml"), &with_tags(&manifest, member.files.tag_features()))?;
        write(&directory.join("src/lib.rs"), &member.root)?;
        for (name, text) in member.files.iter() {
            write(&directory.join("src").join(name), text)?;
        }
        for (name, text) in &member.examples {
            write(&directory.join(format!("examples/{name}.rs")), text)?;
        }
    }
    Ok(())
}

/// Returns a manifest with the features of tags, which the mock server needs.
fn with_tags(manifest: &str, tags: &[String]) -> String {
    let entries = tags.iter().map(|tag| format!("{tag} = []\n")).collect::<Vec<_>>().concat();
    let names = tags.iter().map(|tag| format!("\"{tag}\", ")).collect::<Vec<_>>().concat();
    let manifest = manifest.replace("[features]\n", &format!("[features]\n{entries}"));
    manifest.replace("\nmock = [", &format!("\nmock = [{names}"))
}

/// Returns a manifest without the sections that only the package's own tests and examples need.
fn without_sections(manifest: &str, headers: &[&str]) -> String {
    let mut kept = true;
    let lines = manifest.split_inclusive('\n').filter(|line| {
        if line.starts_with('[') {
            kept = !headers.contains(&line.trim_end());
        }
        kept
    });
    lines.collect()
}

/// Removes files of earlier runs.
fn remove_others(below: &Path, member: &Crate) -> Result<(), Failed> {
    for (name, _) in files_below(below) {
        let is_made = member.files.get(&format!("generated/{name}")).is_some();
        let is_example = member.examples.iter().any(|(example, _)| name == format!("{example}.rs"));
        if !is_made && !is_example {
            fs::remove_file(below.join(name))?;
        }
    }
    Ok(())
}

/// Writes a file only if its text changed, so that cargo does not rebuild it.
fn write(path: &Path, text: &str) -> Result<(), Failed> {
    if path.exists() && read(path) == text {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or("a file without a directory")?)?;
    Ok(fs::write(path, text)?)
}
