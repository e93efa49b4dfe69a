//! The command.

use std::process::ExitCode;

fn main() -> ExitCode {
    promotekit::cli::main()
}
