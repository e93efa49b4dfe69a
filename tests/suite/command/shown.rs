//! Runs every session of the documentation in a real shell and compares its output.
//!
//! A session is a `console` block: commands after `$`, continuation lines after `>`, and their output. `…` matches any
//! text within a line, and any number of lines on a line of its own. All sessions of a page share one shell and one
//! directory. A server that a `console,listens` block starts runs until the page ends.

use std::fmt::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use tests::Result;
use tests::files::{directory, files_below, read};
use tests::program::{self, Program};

const GUIDE: &str = "../generated-client/guide";

/// The port in the documentation, which the test replaces.
const PORT: &str = "8787";
/// The line that separates the output of commands.
const NEXT: &str = "--- next ---";

#[test]
#[ignore = "needs sqlite3 with decimal_sum"]
fn shown_in_guide() -> Result {
    let pages = ["command_line", "nightly_export"];
    let with_sessions = files_below(&directory(GUIDE)).into_iter().filter(|(_, text)| text.contains("```console"));
    let found: Vec<_> = with_sessions.map(|(name, _)| name).collect();
    assert_eq!(found, pages.map(|page| format!("{page}.md")));
    pages.iter().try_for_each(|page| sessions(&format!("{GUIDE}/{page}.md")))
}

#[test]
#[ignore = "needs sqlite3 with decimal_sum"]
fn shown_in_readme() -> Result {
    sessions("../README.md")
}

fn sessions(page: &str) -> Result {
    let scratch = tempfile::tempdir()?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port().to_string();
    let steps = steps(&read(&directory(page)).replace(PORT, &port));
    assert!(!steps.is_empty(), "there is no session");
    let text = run(&script(&steps)?, scratch.path())?;
    let (commands, listeners): (Vec<_>, _) = steps.iter().partition(|step| !step.listens);
    let printed: Vec<_> = text.split(&format!("{NEXT}\n")).collect();
    assert!(printed.len() == steps.len() + 1, "{text}");
    let mut wrong = String::new();
    for (step, printed) in commands.into_iter().chain(listeners).zip(printed) {
        let lines: Vec<_> = printed.lines().collect();
        if !agree(&step.expected, &lines) {
            write!(wrong, "$ {}\n{printed}instead of\n{}\n\n", step.command, step.expected.join("\n"))?;
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

/// A command and its expected output.
struct Step {
    command: String,
    expected: Vec<String>,
    listens: bool,
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    // The kind of the current block, if there is one.
    let mut block = None;
    for line in page.lines() {
        match block {
            None => block = line.trim_start().strip_prefix("```"),
            Some(_) if line.trim_start() == "```" => block = None,
            Some(kind @ ("console" | "console,listens")) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    let listens = kind == "console,listens";
                    steps.push(Step { command: command.to_owned(), expected: Vec::new(), listens });
                } else if let (Some(more), Some(step)) = (line.strip_prefix("> "), steps.last_mut()) {
                    step.command.extend(["\n", more]);
                } else if let Some(step) = steps.last_mut() {
                    step.expected.push(line.to_owned());
                }
            }
            Some(_) => {}
        }
    }
    steps
}

/// Returns a shell script of the commands, with a marker after each one's output. Listeners print theirs at the end.
fn script(steps: &[Step]) -> Result<String> {
    let mut script = format!("exec 2>&1\nnext() {{ status=$?; echo '{NEXT}'; return $status; }}\n");
    let mut end = String::new();
    for (number, Step { command, listens, .. }) in steps.iter().enumerate() {
        if *listens {
            let log = format!("listener-{number}.log");
            writeln!(script, "{command} > {log} 2>&1 &\nlistener=$!")?;
            writeln!(
                script,
                "until grep -q '^listening' {log} || ! kill -0 $listener; do sleep 0.01; done 2> /dev/null"
            )?;
            writeln!(end, "kill $listener; wait $listener; cat {log}; next")?;
        } else {
            writeln!(script, "{{ {command}\n}} < /dev/null; next")?;
        }
    }
    Ok(script + &end)
}

/// Returns the output of a shell script, standard error included.
fn run(script: &str, directory: &Path) -> Result<String> {
    let programs = program::path().parent().ok_or("the program is in no directory")?.to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([programs].into_iter().chain(std::env::split_paths(&path)))?;
    let mut shell = program::clean(Command::new("sh"));
    let output = shell.args(["-c", script]).env("PATH", path).current_dir(directory).stdin(Stdio::null()).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

fn agree(expected: &[String], lines: &[&str]) -> bool {
    match (expected, lines) {
        ([], []) => true,
        ([first, rest @ ..], _) if first == "…" => (0..=lines.len()).any(|skipped| agree(rest, &lines[skipped..])),
        ([first, rest @ ..], [line, lines @ ..]) => fits(first, line) && agree(rest, lines),
        _ => false,
    }
}

fn fits(expected: &str, line: &str) -> bool {
    let Some((start, rest)) = expected.split_once('…') else { return expected == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    (0..=line.len()).any(|skipped| line.get(skipped..).is_some_and(|line| fits(rest, line)))
}

/// The guide's table has every exit code of the help, with the same description.
#[test]
fn exit_codes_of_the_guide() -> Result {
    let help = Program::new("-h").run().done();
    let codes: Vec<_> = help.split("Exit codes:\n").skip(1).flat_map(str::lines).collect();
    assert!(codes.len() > 5, "{help}");
    let page = read(&directory(GUIDE).join("command_line.md"));
    for line in codes {
        let (code, meaning) = line.trim().split_once("  ").ok_or("a code without a meaning")?;
        let row = format!("| {code} | {meaning}");
        assert!(page.lines().any(|line| line.starts_with(&row)), "{row}");
    }
    Ok(())
}
