//! The webhook commands: print events that arrive, and send samples.

pub(crate) mod command;
mod error;
mod listen;
mod print;
mod receive;
mod send;
mod target;
#[cfg(test)]
mod tests;
