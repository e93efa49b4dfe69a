//! The site of the documentation, as far as it is made without Node and a browser: what is wrong is said before anything is made.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use crate::cases::{files_below, folder, names_in};
use crate::scratch::{Scratch, expect, xtask};

const GUIDE: &str = "generated-client/guide";

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("docs::a_port_in_use_is_named", a_port_in_use_is_named),
        Trial::test("docs::a_folder_that_cannot_be_made_is_named", a_folder_that_cannot_be_made_is_named),
        Trial::test("docs::a_folder_of_someone_else_is_left_alone", a_folder_of_someone_else_is_left_alone),
        Trial::test("docs::missing_programs_are_named", missing_programs_are_named),
    ];
    trials.extend(GUIDES.iter().map(|case| Trial::test(format!("docs::guide_{}", case.name), || guide(case))));
    trials
}

/// A guide that is not shown.
struct Guide {
    name: &'static str,
    /// Files beside, or in place of, those of this project.
    files: &'static [(&'static str, &'static str)],
    expected: &'static str,
}

const GUIDES: &[Guide] = &[
    Guide {
        name: "links_to_no_page",
        files: &[("money.md", "# Money\n[a](crate::guide::eror#api)\n")],
        expected: "generated-client/guide/money.md links to `crate::guide::eror#api`, and there is no such page",
    },
    Guide {
        name: "has_a_page_that_nobody_finds",
        files: &[("lost.md", "# Lost\n")],
        expected: "generated-client/guide/index.md does not link to `crate::guide::lost`, so that nobody would find it",
    },
    Guide {
        name: "has_a_page_without_a_title",
        files: &[("money.md", "Money\n")],
        expected: "generated-client/guide/money.md has no heading to take its title from",
    },
    Guide {
        name: "has_another_file",
        files: &[("notes.txt", "")],
        expected: "generated-client/guide/notes.txt is no page of the guide: its name does not end in .md",
    },
];

fn guide(case: &Guide) -> Result<(), Failed> {
    let scratch = Scratch::new()?;
    fs::create_dir_all(scratch.path(GUIDE))?;
    let own = files_below(&folder("..").join(GUIDE));
    let changed = case.files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    for (name, text) in own.into_iter().chain(changed) {
        fs::write(scratch.path(GUIDE).join(name), text)?;
    }
    let site = scratch.path("site");
    expect_refusal(scratch.root(), &format!("docs --out {}", site.display()), case.expected)?;
    expect(!site.exists(), "a site was made")
}

fn a_port_in_use_is_named() -> Result<(), Failed> {
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let port = taken.local_addr()?.port();
    let expected = format!("port {port} is in use: take another with --serve, or 0 for a free one");
    expect_refusal(&folder(".."), &format!("docs --serve {port}"), &expected)
}

fn a_folder_that_cannot_be_made_is_named() -> Result<(), Failed> {
    let there = TempDir::new()?;
    let file = there.path().join("file");
    fs::write(&file, "mine")?;
    let expected = format!("cannot make {}", file.display());
    expect_refusal(&folder(".."), &format!("docs --out {}", file.join("site").display()), &expected)?;
    expect(names_in(there.path()) == ["file"], "something was left behind")
}

fn a_folder_of_someone_else_is_left_alone() -> Result<(), Failed> {
    let there = TempDir::new()?;
    fs::write(there.path().join("notes"), "mine")?;
    let expected = format!("{} is no site that this command made: move it away", there.path().display());
    expect_refusal(&folder(".."), &format!("docs --out {}", there.path().display()), &expected)?;
    expect(names_in(there.path()) == ["notes"], "it was changed")
}

/// In processes of their own, which find no program.
fn missing_programs_are_named() -> Result<(), Failed> {
    let there = TempDir::new()?;
    let xtask = built()?;
    for (option, expected) in
        [(None, "error: this needs Node 20 or newer: install it"), (Some("--test"), "needs Chromium: install it")]
    {
        let mut command = Command::new(&xtask);
        command.arg("docs").arg("--out").arg(there.path().join("site")).args(option);
        let ended = command.env("PATH", there.path()).env_remove("CHROMIUM").output()?;
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        expect(ended.status.code() == Some(1) && said.contains(expected), &said)?;
        expect(names_in(there.path()).is_empty(), "something was left behind")?;
    }
    Ok(())
}

/// The program of the command.
fn built() -> Result<String, Failed> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "xtask", "--message-format", "json"]).current_dir(folder(".."));
    let messages = String::from_utf8(cargo.output()?.stdout)?;
    let messages = messages.lines().map(serde_json::from_str::<serde_json::Value>).filter_map(Result::ok);
    let mut programs = messages.filter_map(|message| Some(message["executable"].as_str()?.to_owned()));
    programs.next().ok_or_else(|| "cargo named no program".into())
}

/// The command ends with an error that begins like this.
#[track_caller]
fn expect_refusal(root: &Path, command: &str, expected: &str) -> Result<(), Failed> {
    let said = xtask(root, command).err().and_then(|failed| failed.message().map(str::to_owned));
    expect(said.as_deref().is_some_and(|said| said.starts_with(expected)), said.as_deref().unwrap_or("it passed"))
}
