//! `cargo xtask`: the project's own commands.

use std::process::ExitCode;

use clap::Parser;

/// A panic inside the base library comes back as a finding; its own message would only be noise.
fn silence_caught_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_caught = panic.location().is_some_and(|at| at.file().contains("typify") || at.file().contains("progenitor"));
        if !is_caught {
            report(panic);
        }
    }));
}

fn main() -> ExitCode {
    silence_caught_panics();
    let arguments = xtask::Arguments::parse();
    match xtask::run(&arguments, &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
