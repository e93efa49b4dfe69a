//! The webhook commands: print events that arrive, and send samples.

pub(crate) mod command;
mod endpoint;
mod error;
mod listen;
mod print;
mod receive;
mod send;
#[cfg(test)]
mod tests;
