//! The command: what a [`surface::Surface`] describes, as a program for people and scripts.

pub(crate) mod cell;
pub(crate) mod columns;
pub(crate) mod completions;
#[cfg(test)]
pub(crate) mod example;
pub(crate) mod inputs;
pub(crate) mod json;
pub(crate) mod manual;
pub(crate) mod output;
pub(crate) mod prepared;
pub(crate) mod record;
pub(crate) mod rows;
pub(crate) mod surface;
pub(crate) mod webhooks;
