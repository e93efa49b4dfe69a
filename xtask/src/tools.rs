//! Finds Node and Python, which the user must install, and reports missing ones.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// Major and minor number.
type Version = (u32, u32);

/// Node and its package manager.
pub(crate) struct Node {
    pub(crate) node: Tool,
    pub(crate) npm: Tool,
}

/// An installed program.
pub(crate) struct Tool {
    program: &'static str,
    /// The program's version output.
    pub(crate) version: String,
}

impl Node {
    pub(crate) fn find() -> Result<Self> {
        Ok(Self {
            node: find(&["node"], (20, 0), "Node 20 or newer")?,
            // On Windows npm is a script and needs its extension.
            npm: find(&[if cfg!(windows) { "npm.cmd" } else { "npm" }], (0, 0), "npm, which comes with Node")?,
        })
    }
}

impl Tool {
    pub(crate) fn command(&self) -> Command {
        Command::new(self.program)
    }
}

/// Returns Python with venv and ensurepip.
pub(crate) fn python() -> Result<Tool> {
    let python = find(&["python3", "python"], (3, 11), "Python 3.11 or newer")?;
    // Some systems package them separately.
    if command::output(python.command().args(["-c", "import ensurepip, venv"])).is_err() {
        bail!("this needs venv and ensurepip of Python: install them and run it again");
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
        None => bail!("this needs {need}: install it and run it again"),
    }
}

/// Parses the version in texts such as `v20.1.0` and `Python 3.12.1`.
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
