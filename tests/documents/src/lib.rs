//! Synthetic OpenAPI documents of any size for tests and benchmarks; the same arguments always produce the same text.

mod synthetic;

pub use synthetic::{SETTINGS, synthetic};
