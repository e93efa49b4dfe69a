//! `cargo xtask`: the project's own commands.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    xtask::silence_caught_panics();
    let arguments = xtask::Arguments::parse();
    match xtask::run(&arguments, &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
