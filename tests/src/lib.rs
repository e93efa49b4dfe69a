//! Shared parts of the tests: servers and clients, the spec's samples, documents as input, the command as a program.
//!
//! `suite` has tests that are functions; `cases` has tests that are a file or a table row each.

#![allow(clippy::missing_panics_doc, reason = "a helper that panics fails its test")]

pub mod alike;
pub mod calls;
pub mod collector;
pub mod corpus;
pub mod discreet;
pub mod documents;
pub mod events;
pub mod files;
pub mod program;
mod readme;
pub mod retrying;
pub mod server;
pub mod shape;
pub mod virtual_time;
pub mod wire;

/// The result of a test that ends at its first error.
pub type Result<T = (), E = Box<dyn std::error::Error>> = std::result::Result<T, E>;
