//! `cargo xtask`: the project's own commands.

use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::{ColorChoice, Parser};
use mimalloc::MiMalloc;
use xtask::BAD;

/// Code is trees of small pieces, and the allocator of the system slows down as they become many.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    xtask::silence_caught_panics();
    let arguments = xtask::Arguments::parse();
    let color = match arguments.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let (mut out, mut err) = (AutoStream::new(stdout().lock(), color), AutoStream::new(stderr().lock(), color));
    match xtask::run(&arguments, &mut out, &mut err) {
        Ok(outcome) => outcome.into(),
        // Whoever was reading has read enough.
        Err(error) if error.downcast_ref().map(io::Error::kind) == Some(ErrorKind::BrokenPipe) => ExitCode::FAILURE,
        Err(error) => {
            // Where standard error is gone, there is nobody to tell.
            let _ = writeln!(err, "{BAD}error{BAD:#}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
