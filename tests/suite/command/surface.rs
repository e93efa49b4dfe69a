//! The help of all commands and options, pinned in a file.

use tests::files::{directory, expect_file};
use tests::program::Program;

#[test]
fn surface() {
    let commands = commands().into_iter().map(|(command, help)| {
        // Global options are printed only once.
        let shown = if command.is_empty() { help.clone() } else { own(&help) };
        format!("$ promotekit{command} -h\n{}\n\n", shown.trim_end())
    });
    expect_file(&directory("suite/command/surface.txt"), &commands.collect::<String>());
}

/// Returns every command with its help, found through the help of its parent command.
pub(crate) fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut left = vec![String::new()];
    while let Some(command) = left.pop() {
        let help = Program::new(&format!("{command} -h")).run().done();
        let below: Vec<_> = below(&help).map(|name| format!("{command} {name}")).collect();
        left.extend(below.into_iter().rev());
        found.push((command, help));
    }
    found
}

/// Returns the names in the list of commands.
fn below(help: &str) -> impl Iterator<Item = &str> {
    let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    // A command's description may continue on the next line.
    lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()))
}

/// Returns the help without the options that every command has.
fn own(help: &str) -> String {
    let own = help.split("\nConnection:\n").next().unwrap_or(help);
    let examples = help.split_once("\nExamples:\n").map_or("", |(_, examples)| examples);
    format!("{own}\nExamples:\n{examples}")
}

#[test]
fn version() {
    let text = Program::new("--version").run().done();
    let (version, hash) = (env!("CARGO_PKG_VERSION"), &promotekit::meta::SPEC_HASH[..12]);
    let expected =
        format!("promotekit {version} ({} {}, spec {hash})\n", promotekit::meta::TITLE, promotekit::meta::API_VERSION);
    assert_eq!(text, expected);
}
