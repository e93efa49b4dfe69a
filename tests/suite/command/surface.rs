//! All commands and options, as help tells of them, pinned in a file.

use libtest_mimic::{Failed, Trial};

use super::program::Program;
use crate::cases::{expect_file, folder};

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("command::surface", surface), Trial::test("command::version", version)]
}

/// The help of every command, found through that of the command above it.
fn surface() -> Result<(), Failed> {
    let mut text = String::new();
    let mut commands = vec![String::new()];
    while let Some(command) = commands.pop() {
        let short = Program::new(&format!("{command} -h")).run()?.done()?;
        let mut below: Vec<_> = below(&short).map(|name| format!("{command} {name}")).collect();
        below.reverse();
        // Options of all commands are told of once.
        let shown = if command.is_empty() { short.as_str() } else { own(&short) };
        text.push_str(&format!("$ promotekit{command} -h\n{}\n\n", shown.trim_end()));
        commands.extend(below);
    }
    expect_file(&folder("suite/command/surface.txt"), &text)
}

/// The names in the list of commands.
fn below(help: &str) -> impl Iterator<Item = &str> {
    let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    // The text of a command may go on below it.
    lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()))
}

/// Help without the options that every command has.
fn own(help: &str) -> &str {
    help.split("\nConnection:\n").next().unwrap_or(help)
}

fn version() -> Result<(), Failed> {
    let text = Program::new("--version").run()?.done()?;
    let (version, hash) = (env!("CARGO_PKG_VERSION"), &promotekit::meta::SPEC_HASH[..12]);
    let expected =
        format!("promotekit {version} ({} {}, spec {hash})\n", promotekit::meta::TITLE, promotekit::meta::API_VERSION);
    if text == expected { Ok(()) } else { Err(text.into()) }
}
