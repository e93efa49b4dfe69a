//! The command-line engine of generated API clients: it runs a [`Program`].
//!
//! [`run()`] parses the arguments (`parser`) and dispatches: to `call` for the operations of the API, or to `export`,
//! `webhooks` and the other subcommands.

mod auth;
mod call;
mod completions;
mod connect;
mod curl;
mod dry_run;
mod error;
#[cfg(test)]
mod example;
mod exit;
mod export;
mod inputs;
mod interrupt;
mod invocation;
mod json;
mod listing;
mod logging;
mod manual;
mod options;
mod output;
mod parser;
mod prepared;
mod program;
mod rows;
mod run;
mod sample_calls;
mod shell;
mod source;
mod surface;
mod terminal;
mod webhooks;

#[doc(hidden)]
pub use clientsmith_runtime as runtime;
pub use inputs::{Inputs, Usage};
pub use prepared::Prepared;
pub use program::{Command, Input, Prepare, Program, Resource, Webhooks};
pub use run::run;
