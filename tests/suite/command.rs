//! The command, as users have it: a program of its own, against a server.

mod asking;
mod calling;
mod export;
mod failing;
mod shells;
mod shown;
mod surface;
mod webhooks;
