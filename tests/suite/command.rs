//! The command as users run it: a separate program, against a server.

mod asking;
mod calling;
mod export;
mod failing;
mod shells;
mod shown;
mod surface;
mod webhooks;
