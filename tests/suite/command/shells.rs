//! What shells and `man` make of completions and manual pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use super::program::Program;
use super::surface;
use crate::cases::{names_in, read};
use crate::scratch::expect;

/// A command line that ends where the cursor is, and what the last word of it can become.
const COMPLETED: &[(&str, &[&str])] = &[
    ("promotekit aff", &["affiliates"]),
    ("promotekit webhooks l", &["listen"]),
    ("promotekit commissions create --re", &["--referral-id", "--revenue-amount", "--referral-date", "--retries"]),
    ("promotekit affiliates list --output js", &["json", "jsonl"]),
    ("promotekit campaigns create --code-mode ", &["link", "coupon", "both"]),
];

const SCRIPT: &str = "script";

/// Completes a line, whose words and number of words are the arguments, in bash.
const BASH: &str = r#"
source "$1"; shift
registered=$(complete -p promotekit)
function=${registered##*-F }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"${function%% *}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"#;

/// Completes a line in fish, which adds what each word means.
const FISH: &str = "source $argv[1]; complete --do-complete $argv[2] | string replace --regex '\\t.*' ''";

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("command::man::pages", pages),
        in_tool("groff", "command::man::no_warnings", no_warnings),
        in_tool("zsh", "command::completions::zsh", || parsed("zsh").map(drop)),
        in_tool("fish", "command::completions::fish", fish),
    ];
    if cfg!(unix) {
        trials.push(Trial::test("command::completions::bash", bash));
    }
    trials
}

/// A trial that is left out where there is no such program, unless it is asked for as `.ci/run` does.
fn in_tool(program: &str, name: &str, run: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
    let is_there = Command::new(program).arg("--version").output().is_ok();
    Trial::test(name, run).with_ignored_flag(!is_there)
}

fn bash() -> Result<(), Failed> {
    let folder = parsed("bash")?;
    let script = folder.path().join(SCRIPT);
    completes(|line| Command::new("bash").args(["-c", BASH, "bash"]).arg(&script).args(line.split(' ')).output())
}

fn fish() -> Result<(), Failed> {
    let folder = parsed("fish")?;
    let script = folder.path().join(SCRIPT);
    // Nothing of whoever runs this, such as completions of their own.
    let home = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"].map(|name| (name, folder.path()));
    completes(|line| Command::new("fish").envs(home).args(["-c", FISH]).arg(&script).arg(line).output())
}

/// A folder with the script of a shell, which has nothing to say against it.
fn parsed(shell: &str) -> Result<TempDir, Failed> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join(SCRIPT);
    std::fs::write(&script, Program::new(&format!("completions {shell}")).run()?.done()?)?;
    silent(Command::new(shell).arg("-n").arg(&script))?;
    Ok(folder)
}

fn completes(complete: impl Fn(&str) -> std::io::Result<std::process::Output>) -> Result<(), Failed> {
    for (line, expected) in COMPLETED {
        let output = complete(line)?;
        let words = String::from_utf8(output.stdout)?;
        let found: BTreeSet<_> = words.lines().collect();
        let expected: BTreeSet<_> = expected.iter().copied().collect();
        let err = String::from_utf8_lossy(&output.stderr);
        expect(found == expected && err.is_empty(), &format!("{line:?}: {found:?} {err}"))?;
    }
    Ok(())
}

/// There is a page for each command, and the first is what is printed without a folder.
fn pages() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let written: BTreeSet<_> = names_in(&write_pages(folder.path())?).into_iter().collect();
    let commands = surface::commands()?;
    let expected: BTreeSet<_> =
        commands.iter().map(|(command, _)| format!("promotekit{}.1", command.replace(' ', "-"))).collect();
    expect(written == expected, &format!("{written:?}"))?;
    let first = Program::new("man").run()?.done()?;
    expect(first == read(&folder.path().join("man1/promotekit.1")), &first)
}

fn no_warnings() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let pages = write_pages(folder.path())?;
    names_in(&pages)
        .iter()
        .try_for_each(|page| silent(Command::new("groff").args(["-man", "-ww", "-z", "-Tutf8"]).arg(pages.join(page))))
}

/// Writes them into a folder that is not there yet.
fn write_pages(folder: &Path) -> Result<PathBuf, Failed> {
    let pages = folder.join("man1");
    Program::new("man --dir").arg(&pages).run()?.done()?;
    Ok(pages)
}

fn silent(command: &mut Command) -> Result<(), Failed> {
    let output = command.output()?;
    let said = [output.stdout, output.stderr].concat();
    expect(output.status.success() && said.is_empty(), &String::from_utf8_lossy(&said))
}
