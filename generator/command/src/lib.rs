//! The command line of a generated API client: what a [`Program`] describes, as a program for people and scripts.
//!
//! `command` makes the arguments that clap reads; `verbs` takes a call from its inputs to what it prints.

mod auth;
mod body;
mod cell;
mod columns;
mod command;
mod completions;
mod confirm;
mod connect;
mod context;
mod curl;
#[cfg(test)]
mod example;
mod exit;
mod explain;
mod export;
mod failure;
mod inputs;
mod interrupt;
mod json;
mod manual;
mod options;
mod output;
mod prepared;
mod print;
mod program;
mod record;
mod records;
mod rows;
mod run;
mod shell;
mod surface;
mod typed;
mod unsent;
mod value;
mod verbs;
mod webhooks;

#[doc(hidden)]
pub use clientsmith_runtime as runtime;
pub use inputs::{Inputs, Usage};
pub use prepared::Prepared;
pub use program::{Command, Input, Prepare, Program, Resource, Webhooks};
pub use run::run;
