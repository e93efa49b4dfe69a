//! Manual pages.
//!
//! As with git and cargo, each command has its own page, such as `tool-things-list.1`. Packages install it, and
//! `man tool-things-list` displays it. The first page lists the others.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, Command, value_parser};
use clap_mangen::Man;

use crate::sample_calls;

pub(crate) fn command(program: &str) -> Command {
    let directory = Arg::new("dir").long("dir").value_name("DIR").value_parser(value_parser!(PathBuf));
    Command::new("man")
        .about("Prints the manual page")
        .after_help(sample_calls::section(&[format!("{program} man"), format!("{program} man --dir man1")]))
        .arg(directory.help("Writes the manual pages of all commands into this directory"))
}

/// Prints the page of the program.
pub(crate) fn page(command: Command, out: &mut dyn Write) -> io::Result<()> {
    let command = built(command);
    out.write_all(&rendered(&command, &source(&command))?.1)?;
    out.flush()
}

/// Writes the pages of all commands into a directory, which is created if necessary. Returns the number of pages.
pub(crate) fn pages(command: Command, directory: &Path) -> io::Result<usize> {
    let command = built(command);
    let source = source(&command);
    fs::create_dir_all(directory).map_err(|error| at(directory, &error))?;
    let mut commands = vec![&command];
    let mut written = 0;
    while let Some(command) = commands.pop() {
        let (name, page) = rendered(command, &source)?;
        let file = directory.join(name);
        fs::write(&file, page).map_err(|error| at(&file, &error))?;
        written += 1;
        commands.extend(command.get_subcommands().filter(|command| !command.is_hide_set()));
    }
    Ok(written)
}

/// Removes the `help` subcommands: they need no pages.
fn built(command: Command) -> Command {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    command
}

/// The program and version in the footer of each page.
fn source(command: &Command) -> String {
    format!("{} {}", command.get_name(), command.get_version().unwrap_or_default()).trim_end().to_owned()
}

fn rendered(command: &Command, source: &str) -> io::Result<(String, Vec<u8>)> {
    // The library omits an empty date, and the source would appear in its place.
    let man = Man::new(command.clone()).date("\"\"").source(source);
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok((man.get_filename(), page))
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool() -> Command {
        let list = Command::new("list").about("Lists things").arg(Arg::new("n").long("number").help("How many"));
        let things = Command::new("things").about("Things").subcommand(list);
        Command::new("tool").version("1.2").subcommand(things).subcommand(Command::new("inner").hide(true))
    }

    #[test]
    fn a_page_for_each_command() {
        let directory = std::env::temp_dir().join(format!("manual-{}", std::process::id()));
        assert_eq!(pages(tool(), &directory).unwrap(), 3);
        let mut names: Vec<_> =
            fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let list = fs::read_to_string(directory.join("tool-things-list.1")).unwrap();
        fs::remove_dir_all(&directory).unwrap();
        assert_eq!(names, ["tool-things-list.1", "tool-things.1", "tool.1"]);
        for expected in [".TH tool-things-list 1 \"\" \"tool 1.2\"", "Lists things", "How many"] {
            assert!(list.contains(expected), "{expected}: {list}");
        }
    }

    #[test]
    fn the_first_page_names_the_others() {
        let mut page = Vec::new();
        super::page(tool(), &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("tool\\-things(1)") && !page.contains("inner") && !page.contains("help(1)"), "{page}");
    }

    #[test]
    fn a_directory_that_cannot_be_created_is_named() {
        let file = std::env::temp_dir().join(format!("manual-file-{}", std::process::id()));
        fs::write(&file, "").unwrap();
        let error = pages(tool(), &file.join("man")).unwrap_err().to_string();
        fs::remove_file(&file).unwrap();
        assert!(error.starts_with(&format!("{} cannot be written: ", file.join("man").display())), "{error}");
    }
}
