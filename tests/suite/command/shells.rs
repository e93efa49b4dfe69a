//! Shell completions and manual pages, checked by shells and `man`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::Result;
use tests::files::{names_in, read};
use tests::program::Program;

use super::surface;

/// A command line up to the cursor, and some completions of its last word.
const COMPLETED: &[(&str, &[&str])] = &[
    ("promotekit aff", &["affiliates"]),
    ("promotekit webhooks l", &["listen"]),
    ("promotekit commissions create --re", &["--referral-id", "--revenue-amount", "--referral-date", "--retries"]),
    ("promotekit affiliates list --output js", &["json", "jsonl"]),
    ("promotekit campaigns create --code-mode ", &["link", "coupon", "both"]),
];

const SCRIPT: &str = "script";

/// Completes a line in bash; the arguments are the script and the words of the line.
const BASH: &str = r#"
source "$1"; shift
registered=$(complete -p promotekit)
function=${registered##*-F }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"${function%% *}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"#;

/// Completes a line in fish, without the descriptions that it appends.
const FISH: &str = "source $argv[1]; complete --do-complete $argv[2] | string replace --regex '\\t.*' ''";

#[test]
#[cfg_attr(not(unix), ignore = "needs bash")]
fn completions_bash() -> Result {
    let directory = parsed("bash")?;
    let script = directory.path().join(SCRIPT);
    completes(|line| Command::new("bash").args(["-c", BASH, "bash"]).arg(&script).args(line.split(' ')).output())
}

#[test]
#[ignore = "needs fish"]
fn completions_fish() -> Result {
    let directory = parsed("fish")?;
    let script = directory.path().join(SCRIPT);
    // Isolates fish from the configuration and completions of the current user.
    let home = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"].map(|name| (name, directory.path()));
    completes(|line| Command::new("fish").envs(home).args(["-c", FISH]).arg(&script).arg(line).output())
}

#[test]
#[ignore = "needs zsh"]
fn completions_zsh() -> Result {
    parsed("zsh").map(drop)
}

/// Returns a directory with a shell's completion script, after the shell has parsed it without messages.
fn parsed(shell: &str) -> Result<TempDir> {
    let directory = tempfile::tempdir()?;
    let script = directory.path().join(SCRIPT);
    std::fs::write(&script, Program::new(&format!("completions {shell}")).run().done())?;
    silent(Command::new(shell).arg("-n").arg(&script))?;
    Ok(directory)
}

fn completes(complete: impl Fn(&str) -> std::io::Result<std::process::Output>) -> Result {
    for (line, expected) in COMPLETED {
        let output = complete(line)?;
        let words = String::from_utf8(output.stdout)?;
        let found: BTreeSet<_> = words.lines().collect();
        let expected: BTreeSet<_> = expected.iter().copied().collect();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(found == expected && err.is_empty(), "{line:?}: {found:?} {err}");
    }
    Ok(())
}

/// There is a page for each command. Without a directory, the first page is printed.
#[test]
fn man_pages() -> Result {
    let directory = tempfile::tempdir()?;
    let written: BTreeSet<_> = names_in(&write_pages(directory.path())).into_iter().collect();
    let commands = surface::commands();
    let expected: BTreeSet<_> =
        commands.iter().map(|(command, _)| format!("promotekit{}.1", command.replace(' ', "-"))).collect();
    assert!(written == expected, "{written:?}");
    let first = Program::new("man").run().done();
    assert!(first == read(&directory.path().join("man1/promotekit.1")), "{first}");
    Ok(())
}

#[test]
#[ignore = "needs groff"]
fn man_no_warnings() -> Result {
    let directory = tempfile::tempdir()?;
    let pages = write_pages(directory.path());
    names_in(&pages)
        .iter()
        .try_for_each(|page| silent(Command::new("groff").args(["-man", "-ww", "-z", "-Tutf8"]).arg(pages.join(page))))
}

/// Writes the pages to a directory that does not exist yet.
fn write_pages(directory: &Path) -> PathBuf {
    let pages = directory.join("man1");
    Program::new("man --dir").arg(&pages).run().done();
    pages
}

fn silent(command: &mut Command) -> Result {
    let output = command.output()?;
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success() && said.is_empty(), "{}", String::from_utf8_lossy(&said));
    Ok(())
}
