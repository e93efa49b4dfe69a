//! `clientsmith`: an OpenAPI document → a typed client crate.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Code is trees of small pieces, and the allocator of the system slows down as they become many.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    clientsmith::program::main()
}
