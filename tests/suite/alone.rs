//! Runs tests in their own process, because they measure it or need another environment.

use std::env;
use std::process::Command;

/// Set in the process of such a test.
const VARIABLE: &str = "SUITE_ALONE";

/// Runs the test of this name in another process.
#[track_caller]
pub(crate) fn alone(name: &str, run: impl FnOnce()) {
    alone_in(name, |_| {}, run);
}

/// Runs the test in another process, whose command `prepare` can change.
#[track_caller]
pub(crate) fn alone_in(name: &str, prepare: impl FnOnce(&mut Command), run: impl FnOnce()) {
    if env::var_os(VARIABLE).is_some() {
        return run();
    }
    let mut child = Command::new(env::current_exe().expect("the path of this test"));
    child.args(["--exact", name]).env(VARIABLE, "1");
    prepare(&mut child);
    let output = child.output().expect("another process");
    let printed = String::from_utf8_lossy(&output.stdout);
    // Without this check, a name that matches no test would also pass.
    assert!(output.status.success() && printed.contains(" 1 passed"), "{printed}");
}
