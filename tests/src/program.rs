//! The command as a program: built once, run with its own arguments, environment and standard input.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use promotekit::mock::Server;

use crate::files::{directory, target_directory};

/// The key that servers accept in these tests. It must not appear in any output.
pub const KEY: &str = "pk_test_do_not_show";

/// Returns the path of the program.
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

/// Removes variables that could affect the command from its environment.
pub fn clean(mut command: Command) -> Command {
    for name in ["PROMOTEKIT_API_KEY", "PROMOTEKIT_BASE_URL", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC");
    command
}

/// The exit code and output of a run.
#[derive(Debug)]
pub struct Ended {
    /// `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A run to be configured.
pub struct Program {
    arguments: Vec<OsString>,
    environment: Vec<(&'static str, String)>,
    input: Option<String>,
}

impl Program {
    /// Splits arguments at spaces.
    pub fn new(arguments: &str) -> Self {
        let arguments = arguments.split(' ').filter(|word| !word.is_empty()).map(Into::into).collect();
        Self { arguments, environment: Vec::new(), input: None }
    }

    /// Adds one argument, even with spaces.
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Sets standard input.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    /// Sets the URL and API key of a server.
    pub fn to(self, server: &Server) -> Self {
        self.env("PROMOTEKIT_API_KEY", server.api_key()).env("PROMOTEKIT_BASE_URL", server.url())
    }

    /// Returns the run as a [`Command`].
    pub fn command(&self) -> Command {
        let mut command = clean(Command::new(path()));
        command.args(&self.arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program, and checks that its output never contains the key.
    #[track_caller]
    pub fn run(self) -> Ended {
        let mut command = self.command();
        if self.input.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn().expect("the program");
        if let (Some(text), Some(mut stdin)) = (&self.input, child.stdin.take()) {
            // A program that exits early may have closed its input.
            let _ = stdin.write_all(text.as_bytes());
        }
        let output = child.wait_with_output().expect("its output");
        let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        assert!(![&out, &err].iter().any(|text| text.contains(KEY)), "the key is printed:\n{out}\n{err}");
        Ended { code: output.status.code(), out, err }
    }
}

impl Ended {
    /// Returns standard output, and checks that the run succeeded.
    #[track_caller]
    pub fn done(self) -> String {
        assert!(self.code == Some(0), "{self:#?}");
        self.out
    }

    /// Checks the exit code, and that standard error contains these texts.
    #[track_caller]
    pub fn failed(&self, code: i32, said: &[&str]) {
        let missing: Vec<_> = said.iter().filter(|text| !self.err.contains(**text)).collect();
        let as_expected = self.code == Some(code) && missing.is_empty() && !self.err.contains("panicked");
        assert!(as_expected, "expected code {code} and {missing:?} in {self:#?}");
    }
}

/// Starts a server with the objects of the samples, which accepts the key that must not appear in output.
pub fn server() -> Server {
    promotekit::mock::builder().samples().api_key(KEY).start().expect("a server")
}
