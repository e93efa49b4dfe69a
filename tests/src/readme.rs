//! Compiles the Rust code of the project's README as doctests. The generated crate tests its own README.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
