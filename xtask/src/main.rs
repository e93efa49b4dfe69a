//! `cargo xtask`: the project's own commands.

use std::process::ExitCode;

use clap::Parser;
use generator::program::on_terminal;
use mimalloc::MiMalloc;

/// Code is trees of small pieces, and the allocator of the system slows down as they become many.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = xtask::Arguments::parse();
    on_terminal(arguments.color, |out, err| xtask::run(&arguments, out, err))
}
