//! The documentation site, as far as it needs neither Node nor a browser: errors are reported before the build starts.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tests::Result;
use tests::files::{directory, files_below, names_in};

use crate::scratch::{Scratch, xtask};

const GUIDE: &str = "generated-client/guide";

/// Files to add to the guide or to replace in it.
type Files = [(&'static str, &'static str)];

#[test]
fn guide_links_to_no_page() -> Result {
    guide(
        &[("money.md", "# Money\n[a](crate::guide::eror#api)\n")],
        "generated-client/guide/money.md links to `crate::guide::eror#api`, which is not a page",
    )
}

#[test]
fn guide_has_a_page_that_nobody_finds() -> Result {
    guide(&[("lost.md", "# Lost\n")], "generated-client/guide/index.md does not link to `crate::guide::lost`")
}

#[test]
fn guide_has_a_page_without_a_title() -> Result {
    guide(&[("money.md", "Money\n")], "generated-client/guide/money.md has no heading for the title")
}

#[test]
fn guide_has_another_file() -> Result {
    guide(
        &[("notes.txt", "")],
        "generated-client/guide/notes.txt is not a page of the guide: its name does not end in .md",
    )
}

/// Checks that a changed guide is rejected.
fn guide(files: &Files, expected: &str) -> Result {
    let scratch = Scratch::new()?;
    fs::create_dir_all(scratch.path(GUIDE))?;
    let own = files_below(&directory("..").join(GUIDE));
    let changed = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    for (name, text) in own.into_iter().chain(changed) {
        fs::write(scratch.path(GUIDE).join(name), text)?;
    }
    let site = scratch.path("site");
    expect_rejection(scratch.root(), &format!("docs --out {}", site.display()), expected);
    assert!(!site.exists(), "a site was made");
    Ok(())
}

#[test]
fn a_port_in_use_is_named() -> Result {
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let port = taken.local_addr()?.port();
    let expected = format!("port {port} is in use: use another with --serve, or 0 for a free one");
    expect_rejection(&directory(".."), &format!("docs --serve {port}"), &expected);
    Ok(())
}

#[test]
fn a_directory_that_cannot_be_made_is_named() -> Result {
    let there = TempDir::new()?;
    let file = there.path().join("file");
    fs::write(&file, "mine")?;
    let expected = format!("cannot create {}", file.display());
    expect_rejection(&directory(".."), &format!("docs --out {}", file.join("site").display()), &expected);
    assert!(names_in(there.path()) == ["file"], "something was left behind");
    Ok(())
}

#[test]
fn a_directory_of_someone_else_is_left_alone() -> Result {
    let there = TempDir::new()?;
    fs::write(there.path().join("notes"), "mine")?;
    let expected = format!("{} is not a site of this command: move it away", there.path().display());
    expect_rejection(&directory(".."), &format!("docs --out {}", there.path().display()), &expected);
    assert!(names_in(there.path()) == ["notes"], "it was changed");
    Ok(())
}

/// Runs in separate processes with a `PATH` without programs.
#[test]
fn missing_programs_are_named() -> Result {
    let there = TempDir::new()?;
    let xtask = built()?;
    for (option, expected) in
        [(None, "error: this needs Node 20 or newer: install it"), (Some("--test"), "needs Chromium: install it")]
    {
        let mut command = Command::new(&xtask);
        command.arg("docs").arg("--out").arg(there.path().join("site")).args(option);
        let ended = command.env("PATH", there.path()).env_remove("CHROMIUM").output()?;
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.code() == Some(1) && said.contains(expected), "{said}");
        assert!(names_in(there.path()).is_empty(), "something was left behind");
    }
    Ok(())
}

/// Returns the path of the built program.
fn built() -> Result<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "xtask", "--message-format", "json"]).current_dir(directory(".."));
    let messages = String::from_utf8(cargo.output()?.stdout)?;
    let messages = messages.lines().map(serde_json::from_str::<serde_json::Value>).filter_map(Result::ok);
    let mut programs = messages.filter_map(|message| Some(message["executable"].as_str()?.to_owned()));
    programs.next().ok_or_else(|| "cargo named no program".into())
}

/// Checks that the command ends with an error that starts like this.
#[track_caller]
fn expect_rejection(root: &Path, command: &str, expected: &str) {
    let said = xtask(root, command).err().map(|error| error.to_string());
    assert!(
        said.as_deref().is_some_and(|said| said.starts_with(expected)),
        "{}",
        said.as_deref().unwrap_or("it passed")
    );
}
