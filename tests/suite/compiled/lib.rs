//! A generated crate.

pub mod runtime;

mod generated;

#[allow(unused_imports, unreachable_pub, reason = "an API may have no types")]
pub use generated::types::*;
pub use generated::{meta, resources, types};
pub use runtime::{Client, Error, Page};
