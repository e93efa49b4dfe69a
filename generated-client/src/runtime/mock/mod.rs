//! A stand-in for the API, for tests: `mock::Server`.
//!
//! Everything here works from a [`table`] that the generator makes of the API's document.

mod answer;
mod engine;
mod identity;
mod limit;
mod list;
mod objects;
mod route;
mod seed;
mod server;
mod store;
pub(crate) mod table;
mod validate;

pub use seed::{Seed, SeedError};
pub use server::{Recorded, Server, ServerBuilder};
