//! The command: what a [`surface::Surface`] describes, as a program for people and scripts.
//!
//! [`command`] makes the arguments that clap reads; [`verbs`] takes a call from its inputs to what it prints.

mod auth;
mod body;
pub(crate) mod cell;
pub(crate) mod columns;
mod command;
pub(crate) mod completions;
mod confirm;
mod connect;
mod context;
mod curl;
#[cfg(test)]
pub(crate) mod example;
mod exit;
mod explain;
pub(crate) mod export;
mod failure;
pub(crate) mod inputs;
mod interrupt;
pub(crate) mod json;
pub(crate) mod manual;
mod options;
pub(crate) mod output;
pub(crate) mod prepared;
mod print;
pub(crate) mod record;
pub(crate) mod records;
pub(crate) mod rows;
mod run;
mod shell;
pub(crate) mod surface;
mod typed;
mod unsent;
mod value;
mod verbs;
pub(crate) mod webhooks;

pub(crate) use run::run;
