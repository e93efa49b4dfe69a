//! The error of a command: message, help and exit code.

use std::fmt;
use std::io;

use clientsmith_runtime::{ApiErrorKind, Error};

use crate::exit::Exit;
use crate::inputs::Usage;

/// The message of an error, and instructions for the user.
#[derive(Debug)]
pub(crate) struct CommandError {
    pub(crate) exit: Exit,
    /// Empty if nothing is printed, for example when the reader of the output is gone.
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
}

/// The error of a command that makes a call. Client errors are explained with the inputs of the call.
pub(crate) enum CallError {
    Client(Error),
    /// The call succeeded, but its response cannot be printed.
    Output(CommandError),
    /// No call was made.
    Other(CommandError),
}

impl CallError {
    /// Returns the error of a call without inputs.
    pub(crate) fn plain(self) -> CommandError {
        match self {
            Self::Client(error) => error.into(),
            Self::Output(error) | Self::Other(error) => error,
        }
    }
}

impl<F: Into<CommandError>> From<F> for CallError {
    fn from(error: F) -> Self {
        Self::Other(error.into())
    }
}

impl CommandError {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: Vec::new() }
    }

    /// Adds a line of help.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  {help}"))
    }
}

impl From<Usage> for CommandError {
    fn from(Usage(message): Usage) -> Self {
        Self::new(Exit::Usage, message)
    }
}

/// A write error of the output. A closed pipe, as with `head`, is a success.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Exit::Success, "");
        }
        Self::new(Exit::Failed, format!("cannot write the output: {error}"))
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let exit = exit(&error);
        let described = Self::new(exit, with_causes(&error));
        match exit {
            Exit::Key => described.help("check the key with `auth check`"),
            Exit::RateLimited => described.help(match error.retry_after() {
                Some(wait) => format!("the API asks to wait {} s", wait.as_secs()),
                None => "wait a minute, or lower `--rate-limit` if other programs use the same key".to_owned(),
            }),
            _ => described,
        }
    }
}

/// Returns the message of an error with all causes.
fn with_causes(error: &Error) -> String {
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
        Error::Token { is_temporary, .. } if *is_temporary => Exit::Network,
        Error::Token { .. } => Exit::Key,
        Error::RateLimited { .. } => Exit::RateLimited,
        Error::OutcomeUnknown { .. } => Exit::OutcomeUnknown,
        Error::Api { kind, .. } => match kind {
            ApiErrorKind::Unauthorized | ApiErrorKind::Forbidden => Exit::Key,
            ApiErrorKind::NotFound => Exit::NotFound,
            ApiErrorKind::Server => Exit::Network,
            _ => Exit::Rejected,
        },
        _ => Exit::Failed,
    }
}
