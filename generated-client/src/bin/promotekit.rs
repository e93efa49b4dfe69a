//! The command.

use std::process::ExitCode;

fn main() -> ExitCode {
    promotekit::cli::run(std::env::args_os())
}
