//! Trials that need a process to themselves, because they measure it.

use std::env;
use std::process::Command;

use libtest_mimic::Trial;

use crate::trial;

/// Tells the process of a trial that it is that.
const VARIABLE: &str = "SUITE_ALONE";

/// A trial that the suite runs in another process.
pub(crate) fn alone(name: &'static str, run: fn()) -> Trial {
    trial(name, move || if env::var_os(VARIABLE).is_some() { run() } else { elsewhere(name) })
}

fn elsewhere(name: &str) {
    let mut child = Command::new(env::current_exe().expect("the path of this suite"));
    let output = child.args(["--exact", name]).env(VARIABLE, "1").output().expect("another process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
