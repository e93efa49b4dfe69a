//! A stand-in for the API, for tests: `mock::Server`.
//!
//! Everything here works from a [`table`] that the generator makes of the API's document.

mod answer;
mod authorization;
mod drift;
mod engine;
mod fault;
mod gzip;
mod identity;
mod keep;
mod limit;
mod list;
mod log;
mod objects;
mod pieces;
mod route;
mod samples;
mod seed;
mod serve;
mod server;
mod store;
pub(crate) mod table;
mod validate;

pub use answer::Answer;
pub use fault::{Calls, Fault, RetryAfter, UnknownOperation};
pub use log::Recorded;
pub use seed::{Seed, SeedError};
pub use server::{Server, ServerBuilder};
