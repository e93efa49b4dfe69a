//! The webhook commands: print received events, and send samples.

pub(crate) mod command;
mod endpoint;
mod error;
mod listen;
mod print;
mod receive;
mod send;
#[cfg(test)]
mod tests;
