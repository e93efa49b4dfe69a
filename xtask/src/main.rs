//! `cargo xtask`: the project's own commands.

use std::process::ExitCode;

use clap::Parser;
use generator::program::on_terminal;
use mimalloc::MiMalloc;

/// Token trees need many small allocations, which slow down the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = xtask::Arguments::parse();
    on_terminal(arguments.color, |out, err| xtask::run(&arguments, out, err))
}
