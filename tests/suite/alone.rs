//! Tests that need a process to themselves, because they measure it or take another environment.

use std::env;
use std::process::Command;

/// Marks the process of such a test.
const VARIABLE: &str = "SUITE_ALONE";

/// Runs the test of this name in another process.
#[track_caller]
pub(crate) fn alone(name: &str, run: impl FnOnce()) {
    alone_in(name, |_| {}, run);
}

/// The same in an environment that this prepares.
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
    // A name that no test has passes as well.
    assert!(output.status.success() && printed.contains(" 1 passed"), "{printed}");
}
