//! The project's README: its Rust is compiled as documentation is. The crate's own README goes with the crate.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
