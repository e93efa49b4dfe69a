//! Runs recursive walks of deep documents on a large stack.

use std::panic::resume_unwind;
use std::thread;

/// Several times the need of the deepest document. The system only allocates used pages.
const STACK: usize = 256 * 1024 * 1024;

/// Runs a function on a stack that is large enough. On the caller's stack, an overflow would abort the process.
pub(crate) fn with_room<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let mut run = Some(run);
    let result = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run.take().map(|run| run()));
        thread.ok().and_then(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // If the system cannot start a thread, the function runs on the caller's stack.
    match (result, run) {
        (Some(result), _) => result,
        (None, Some(run)) => run(),
        (None, None) => unreachable!("what ran gave something back"),
    }
}
