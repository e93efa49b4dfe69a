//! Why a command failed, in words for people, and the code that it ends with.

use std::fmt;
use std::io;

use super::exit::Exit;
use super::inputs::Usage;
use clientsmith_runtime::{ApiErrorKind, Error};

/// A failure: what happened, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// Nothing if there is nothing to say, as when nobody reads the output any more.
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
}

/// Why a command that makes a call failed: what a failed call means depends on its inputs.
pub(crate) enum Failed {
    Call(Error),
    /// What the call gave cannot be printed.
    Output(Failure),
    /// There was no call.
    Otherwise(Failure),
}

impl Failed {
    /// The failure of a call that has no inputs.
    pub(crate) fn plain(self) -> Failure {
        match self {
            Self::Call(error) => error.into(),
            Self::Output(failure) | Self::Otherwise(failure) => failure,
        }
    }
}

impl<F: Into<Failure>> From<F> for Failed {
    fn from(failure: F) -> Self {
        Self::Otherwise(failure.into())
    }
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: Vec::new() }
    }

    /// Says what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  {help}"))
    }
}

impl From<Usage> for Failure {
    fn from(Usage(message): Usage) -> Self {
        Self::new(Exit::Usage, message)
    }
}

/// What cannot be written to the output. A reader that has seen enough, such as `head`, is no failure.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Exit::Done, "");
        }
        Self::new(Exit::Failed, format!("cannot write the output: {error}"))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = exit(&error);
        let failure = Self::new(exit, described(&error));
        match exit {
            Exit::Key => failure.help("check the key; `auth check` tries it"),
            Exit::Limited => failure.help(match error.retry_after() {
                Some(wait) => format!("the API asks to wait {} s", wait.as_secs()),
                None => "others may use the same key; wait a minute, or lower `--rate-limit`".to_owned(),
            }),
            _ => failure,
        }
    }
}

/// The error with what caused it.
fn described(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

fn exit(error: &Error) -> Exit {
    match error {
        Error::Config { .. } | Error::InvalidRequest { .. } => Exit::Usage,
        Error::Connect { .. } | Error::Disconnected { .. } | Error::Timeout { .. } => Exit::Network,
        Error::RateLimited { .. } => Exit::Limited,
        Error::OutcomeUnknown { .. } => Exit::OutcomeUnknown,
        Error::Api { kind, .. } => match kind {
            ApiErrorKind::Unauthorized | ApiErrorKind::Forbidden => Exit::Key,
            ApiErrorKind::NotFound => Exit::NotFound,
            ApiErrorKind::Server => Exit::Network,
            _ => Exit::Refused,
        },
        _ => Exit::Failed,
    }
}
