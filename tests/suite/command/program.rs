//! The program: built once, run with arguments, environment and input of its own.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use libtest_mimic::Failed;
use promotekit::mock::Server;

use crate::cases::folder;
use crate::compiled::target_folder;

/// The key that servers take in these tests. It must not be seen anywhere.
pub(crate) const KEY: &str = "pk_test_do_not_show";

/// Where the program is.
pub(crate) fn path() -> Result<&'static Path, Failed> {
    static PATH: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let path = PATH.get_or_init(|| build().map_err(|error| error.message().unwrap_or_default().to_owned()));
    path.as_deref().map_err(|error| error.clone().into())
}

fn build() -> Result<PathBuf, Failed> {
    let target = target_folder()?;
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--quiet", "--package", "promotekit", "--features", "cli", "--bin", "promotekit"])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(folder(".."))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(target.join("debug").join(format!("promotekit{}", std::env::consts::EXE_SUFFIX)))
}

/// The command with nothing of this test's environment that could make a difference.
pub(crate) fn clean(mut command: Command) -> Command {
    for name in ["PROMOTEKIT_API_KEY", "PROMOTEKIT_BASE_URL", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC");
    command
}

/// How a run ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Ended {
    /// None if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A run that is being prepared.
pub(crate) struct Program {
    arguments: Vec<OsString>,
    environment: Vec<(&'static str, String)>,
    input: Option<String>,
}

impl Program {
    /// Arguments as the user would write them, with spaces between them.
    pub(crate) fn new(arguments: &str) -> Self {
        let arguments = arguments.split(' ').filter(|word| !word.is_empty()).map(Into::into).collect();
        Self { arguments, environment: Vec::new(), input: None }
    }

    /// One more argument, as it is.
    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// What is on standard input.
    pub(crate) fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    /// Calls this server.
    pub(crate) fn to(self, server: &Server) -> Self {
        self.env("PROMOTEKIT_API_KEY", server.api_key()).env("PROMOTEKIT_BASE_URL", server.url())
    }

    /// As a command of the system.
    pub(crate) fn command(&self) -> Result<Command, Failed> {
        let mut command = clean(Command::new(path()?));
        command.args(&self.arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }

    /// Runs it. Whatever happens, the key is not printed.
    pub(crate) fn run(self) -> Result<Ended, Failed> {
        let mut command = self.command()?;
        if self.input.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn()?;
        if let (Some(text), Some(mut stdin)) = (&self.input, child.stdin.take()) {
            // A program that has seen enough may have closed it.
            let _ = stdin.write_all(text.as_bytes());
        }
        let output = child.wait_with_output()?;
        let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        if [&out, &err].iter().any(|text| text.contains(KEY)) {
            return Err(format!("the key is shown:\n{out}\n{err}").into());
        }
        Ok(Ended { code: output.status.code(), out, err })
    }
}

impl Ended {
    /// What it printed, if all went well.
    pub(crate) fn done(self) -> Result<String, Failed> {
        if self.code == Some(0) { Ok(self.out) } else { Err(format!("{self:#?}").into()) }
    }

    /// That it ended with this code, and said all of this on standard error.
    pub(crate) fn failed(&self, code: i32, said: &[&str]) -> Result<(), Failed> {
        let missing: Vec<_> = said.iter().filter(|text| !self.err.contains(**text)).collect();
        if self.code == Some(code) && missing.is_empty() && !self.err.contains("panicked") {
            return Ok(());
        }
        Err(format!("expected code {code} and {missing:?} in {self:#?}").into())
    }
}

/// A server with the objects of the samples, which takes the key that must not be seen.
pub(crate) fn server() -> Result<Server, Failed> {
    Ok(promotekit::mock::builder().samples().api_key(KEY).start()?)
}
