//! Room for walking through whatever is deep in a document.

use std::panic::resume_unwind;
use std::thread;

/// Several times what the deepest document that is read takes. The system gives only as much of it as is used.
const STACK: usize = 256 * 1024 * 1024;

/// Runs something on a stack that is large enough, however small that of the caller is: running out of it would end the
/// whole process.
pub(crate) fn with_room<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let mut run = Some(run);
    let result = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run.take().map(|run| run()));
        thread.ok().and_then(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // A system that gives no thread has to do with the stack that there is.
    match (result, run) {
        (Some(result), _) => result,
        (None, Some(run)) => run(),
        (None, None) => unreachable!("what ran gave something back"),
    }
}
