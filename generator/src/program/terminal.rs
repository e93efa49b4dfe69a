//! Runs a command on the terminal: sets up colors, prints the final error, and returns the exit code.

use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

use anstream::AutoStream;
use anyhow::Result;
use clap::ColorChoice;

use super::Outcome;
use super::style::BAD;

/// Runs a command with the streams of this process.
pub fn on_terminal(
    color: ColorChoice,
    run: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<Outcome>,
) -> ExitCode {
    silence_caught_panics();
    let color = match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let (mut out, mut err) = (AutoStream::new(stdout().lock(), color), AutoStream::new(stderr().lock(), color));
    match run(&mut out, &mut err) {
        Ok(outcome) => outcome.into(),
        // The reader closed the pipe.
        Err(error) if error.downcast_ref().map(io::Error::kind) == Some(ErrorKind::BrokenPipe) => ExitCode::FAILURE,
        Err(error) => {
            // Without standard error there is nowhere to report this.
            let _ = writeln!(err, "{BAD}error{BAD:#}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A panic inside progenitor becomes a diagnostic, so its own message is suppressed.
pub fn silence_caught_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::catches_panics() {
            report(panic);
        }
    }));
}
