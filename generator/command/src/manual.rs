//! Pages for `man`.
//!
//! There is one for each command, `tool-things-list.1`, as of git and cargo: that is what packages install, what
//! `man tool-things-list` finds, and short enough to be read. The first page lists the others.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, Command, value_parser};
use clap_mangen::Man;

pub(crate) fn command() -> Command {
    let folder = Arg::new("dir").long("dir").value_name("DIR").value_parser(value_parser!(PathBuf));
    Command::new("man")
        .about("Prints the manual page")
        .arg(folder.help("Writes the pages of all commands into this folder instead"))
}

/// Prints the page of the command itself.
pub(crate) fn page(command: Command, out: &mut dyn Write) -> io::Result<()> {
    let command = built(command);
    out.write_all(&rendered(&command, &source(&command))?.1)?;
    out.flush()
}

/// Writes the pages of all commands into a folder, which is made if it is not there. Gives how many there are.
pub(crate) fn pages(command: Command, folder: &Path) -> io::Result<usize> {
    let command = built(command);
    let source = source(&command);
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    let mut commands = vec![&command];
    let mut written = 0;
    while let Some(command) = commands.pop() {
        let (name, page) = rendered(command, &source)?;
        let file = folder.join(name);
        fs::write(&file, page).map_err(|error| at(&file, &error))?;
        written += 1;
        commands.extend(command.get_subcommands().filter(|command| !command.is_hide_set()));
    }
    Ok(written)
}

/// The pages are the help, so there is none of `help`.
fn built(command: Command) -> Command {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    command
}

/// What all pages say that they come from.
fn source(command: &Command) -> String {
    format!("{} {}", command.get_name(), command.get_version().unwrap_or_default()).trim_end().to_owned()
}

fn rendered(command: &Command, source: &str) -> io::Result<(String, Vec<u8>)> {
    // The library leaves an empty date out, and the source would stand in its place.
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
        let folder = std::env::temp_dir().join(format!("manual-{}", std::process::id()));
        assert_eq!(pages(tool(), &folder).unwrap(), 3);
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let list = fs::read_to_string(folder.join("tool-things-list.1")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
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
    fn a_folder_that_cannot_be_made_is_named() {
        let file = std::env::temp_dir().join(format!("manual-file-{}", std::process::id()));
        fs::write(&file, "").unwrap();
        let error = pages(tool(), &file.join("man")).unwrap_err().to_string();
        fs::remove_file(&file).unwrap();
        assert!(error.starts_with(&format!("{} cannot be written: ", file.join("man").display())), "{error}");
    }
}
