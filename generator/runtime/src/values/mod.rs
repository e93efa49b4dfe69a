//! Rust types for the API's values: exact amounts, open enumerations and unions, null as distinct from absent,
//! multipart bodies, and the rules of requests.

pub mod amount;
pub mod check;
mod checked;
pub mod encode;
pub mod exact;
pub mod file_part;
pub mod instant;
pub mod multipart;
pub mod nullable;
pub mod open_enum;
pub mod open_integers;
pub mod part;
pub mod raw;
mod rules;
pub mod tree;
pub mod union;
