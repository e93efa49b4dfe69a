//! The command: what a [`surface::Surface`] describes, as a program for people and scripts.

pub(crate) mod cell;
pub(crate) mod columns;
pub(crate) mod export;
pub(crate) mod inputs;
pub(crate) mod json;
pub(crate) mod prepared;
pub(crate) mod record;
pub(crate) mod rows;
pub(crate) mod surface;
