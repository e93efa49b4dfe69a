//! Node and Python, which are not installed for the user, and the message where one is missing.

use std::process::Command;

use anyhow::{Result, bail};

use super::command;

/// Major and minor number.
type Version = (u32, u32);

pub(super) struct Tools {
    pub(super) node: Tool,
    pub(super) npm: Tool,
    pub(super) python: Tool,
}

/// A program that was found.
pub(super) struct Tool {
    program: &'static str,
    /// What it says about its version.
    pub(super) version: String,
}

impl Tools {
    pub(super) fn find() -> Result<Self> {
        Ok(Self {
            node: find(&["node"], (20, 0), "Node 20 or newer")?,
            // On Windows npm is a script, which needs its ending.
            npm: find(&[if cfg!(windows) { "npm.cmd" } else { "npm" }], (0, 0), "npm, which comes with Node,")?,
            python: python()?,
        })
    }
}

impl Tool {
    pub(super) fn command(&self) -> Command {
        Command::new(self.program)
    }
}

fn python() -> Result<Tool> {
    let python = find(&["python3", "python"], (3, 11), "Python 3.11 or newer")?;
    // Some systems have them in a package of their own.
    if command::output(python.command().args(["-c", "import ensurepip, venv"])).is_err() {
        bail!("contract tests need venv and ensurepip of Python: install them and run this again");
    }
    Ok(python)
}

fn find(programs: &[&'static str], least: Version, need: &str) -> Result<Tool> {
    let found = programs.iter().find_map(|program| {
        let version = command::output(Command::new(program).arg("--version")).ok()?;
        (version_in(&version)? >= least).then_some(Tool { program, version })
    });
    match found {
        Some(tool) => Ok(tool),
        None => bail!("contract tests need {need}: install it and run this again"),
    }
}

/// The version in texts such as `v20.1.0` and `Python 3.12.1`.
fn version_in(text: &str) -> Option<Version> {
    let mut numbers = text.trim_start_matches(|c: char| !c.is_ascii_digit()).split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn versions_are_read_as_the_tools_write_them() {
        assert_eq!(version_in("v20.1.0\n"), Some((20, 1)));
        assert_eq!(version_in("Python 3.12.1\n"), Some((3, 12)));
        assert_eq!(version_in("11.19.1\n"), Some((11, 19)));
        assert_eq!(version_in("no version\n"), None);
    }
}
