//! A mock server of the API, for tests: [`Server`].
//!
//! It uses the description of the API and a [`spec::MockSpec`], both written by the generator.

mod authorization;
mod drift;
mod engine;
mod fault;
mod gzip;
mod identity;
mod keep;
mod key;
mod list;
mod log;
mod made;
mod objects;
mod pieces;
mod request_limit;
mod response;
mod route;
mod samples;
mod seed;
mod serve;
mod server;
#[doc(hidden)]
pub mod spec;
mod store;
mod validate;

pub use fault::{Calls, Fault, RetryAfter, UnknownOperation};
pub use log::Recorded;
pub use response::Response;
pub use seed::{Seed, SeedError};
pub use server::{Server, ServerBuilder};
