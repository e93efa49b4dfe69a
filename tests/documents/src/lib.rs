//! OpenAPI documents of any size, made up for tests and benchmarks; the same arguments always make the same text.

mod synthetic;

pub use synthetic::{SETTINGS, synthetic};
