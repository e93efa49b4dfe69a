//! The program: built once, run with arguments, environment and input of its own.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use promotekit::mock::Server;

use crate::files::{directory, target_directory};

/// The key that servers take in these tests. It must not be seen anywhere.
pub const KEY: &str = "pk_test_do_not_show";

/// Where the program is.
pub fn path() -> &'static Path {
    static PATH: LazyLock<PathBuf> = LazyLock::new(build);
    &PATH
}

fn build() -> PathBuf {
    let target = target_directory();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--quiet", "--package", "promotekit", "--features", "cli", "--bin", "promotekit"])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(directory(".."))
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug").join(format!("promotekit{}", std::env::consts::EXE_SUFFIX))
}

/// The command with nothing of this test's environment that could make a difference.
pub fn clean(mut command: Command) -> Command {
    for name in ["PROMOTEKIT_API_KEY", "PROMOTEKIT_BASE_URL", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC");
    command
}

/// How a run ended, and what it printed.
#[derive(Debug)]
pub struct Ended {
    /// None if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A run that is being prepared.
pub struct Program {
    arguments: Vec<OsString>,
    environment: Vec<(&'static str, String)>,
    input: Option<String>,
}

impl Program {
    /// Arguments as the user would write them, with spaces between them.
    pub fn new(arguments: &str) -> Self {
        let arguments = arguments.split(' ').filter(|word| !word.is_empty()).map(Into::into).collect();
        Self { arguments, environment: Vec::new(), input: None }
    }

    /// One more argument, as it is.
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// An environment variable.
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// What is on standard input.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    /// Calls this server.
    pub fn to(self, server: &Server) -> Self {
        self.env("PROMOTEKIT_API_KEY", server.api_key()).env("PROMOTEKIT_BASE_URL", server.url())
    }

    /// As a command of the system.
    pub fn command(&self) -> Command {
        let mut command = clean(Command::new(path()));
        command.args(&self.arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it. Whatever happens, the key is not printed.
    #[track_caller]
    pub fn run(self) -> Ended {
        let mut command = self.command();
        if self.input.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn().expect("the program");
        if let (Some(text), Some(mut stdin)) = (&self.input, child.stdin.take()) {
            // A program that has seen enough may have closed it.
            let _ = stdin.write_all(text.as_bytes());
        }
        let output = child.wait_with_output().expect("its output");
        let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        assert!(![&out, &err].iter().any(|text| text.contains(KEY)), "the key is printed:\n{out}\n{err}");
        Ended { code: output.status.code(), out, err }
    }
}

impl Ended {
    /// What it printed, as all went well.
    #[track_caller]
    pub fn done(self) -> String {
        assert!(self.code == Some(0), "{self:#?}");
        self.out
    }

    /// It ended with this code, and printed all of this on standard error.
    #[track_caller]
    pub fn failed(&self, code: i32, said: &[&str]) {
        let missing: Vec<_> = said.iter().filter(|text| !self.err.contains(**text)).collect();
        let as_expected = self.code == Some(code) && missing.is_empty() && !self.err.contains("panicked");
        assert!(as_expected, "expected code {code} and {missing:?} in {self:#?}");
    }
}

/// A server with the objects of the samples, which takes the key that must not be seen.
pub fn server() -> Server {
    promotekit::mock::builder().samples().api_key(KEY).start().expect("a server")
}
