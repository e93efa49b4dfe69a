//! Webhooks on the command line: what arrives is printed, and samples are sent.

pub(crate) mod command;
mod listen;
mod print;
mod receive;
mod send;
mod target;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;

use http::StatusCode;

pub(crate) use listen::{Listen, listen};
pub(crate) use send::{Send, send};

use super::inputs::Usage;

/// Why nothing more can be received, or an event was not sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{}", .0.0)]
    Usage(Usage),
    #[error("nothing can be received at {address}: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// What the transport says.
    #[error("the event was not taken: {0}")]
    Unreachable(String),
    #[error("the event was not taken: the target answered {0}")]
    Refused(StatusCode),
}

impl From<Usage> for Failure {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

fn usage(text: impl Into<String>) -> Failure {
    Failure::Usage(Usage(text.into()))
}
