//! `clientsmith` turns an OpenAPI document into a typed client crate.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Token trees are many small allocations, and the system allocator slows down with their number.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    clientsmith::program::main()
}
