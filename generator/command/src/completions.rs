//! Completion scripts for shells.

use std::io::{self, Write};

use clap::{Arg, Command, value_parser};
pub(crate) use clap_complete::Shell;

use crate::sample_calls;

pub(crate) fn command(program: &str) -> Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(Shell));
    let examples = [format!("{program} completions bash")];
    let command = Command::new("completions").about("Prints a completion script for a shell");
    command.after_help(sample_calls::section(&examples)).arg(shell)
}

/// Prints the completion script for a shell.
pub(crate) fn completions(shell: Shell, mut command: Command, out: &mut dyn Write) -> io::Result<()> {
    let name = command.get_name().to_owned();
    // The library panics on write errors, for example with a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    out.write_all(&script)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ValueEnum};

    use super::*;

    #[test]
    fn every_shell_completes_commands_and_options() {
        for shell in Shell::value_variants() {
            let command = Command::new("tool").subcommand(Command::new("things").arg(Arg::new("n").long("number")));
            let mut script = Vec::new();
            completions(*shell, command, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            for word in ["tool", "things", "number"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }

    #[test]
    fn a_closed_pipe_is_an_error() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = completions(Shell::Bash, Command::new("tool"), &mut Closed).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
