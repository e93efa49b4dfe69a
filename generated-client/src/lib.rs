//! Client.
pub mod runtime;
