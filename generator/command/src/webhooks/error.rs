//! The errors of the webhook commands.

use std::io;
use std::net::SocketAddr;

use http::StatusCode;

use crate::inputs::Usage;

/// The error of receiving or sending events.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebhookError {
    #[error("{}", .0.0)]
    Usage(Usage),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// Contains the message of the transport.
    #[error("the endpoint rejected the event: {0}")]
    Unreachable(String),
    #[error("the endpoint returned status {0}")]
    Rejected(StatusCode),
}

impl From<Usage> for WebhookError {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

impl WebhookError {
    /// Returns an error in the arguments.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(Usage(text.into()))
    }
}
