//! Exports lists into files or a database: no row is lost or written twice, whenever the export is stopped.
//!
//! Unfinished files are in a work directory. They move to their final names when all lists are complete; the manifest, which
//! describes the directory, moves last.

pub(crate) mod command;
mod csv;
mod database;
mod directory;
mod disk;
mod error;
mod files;
mod fingerprint;
mod format;
mod job;
mod jsonl;
mod known_keys;
mod manifest;
mod names;
mod origin;
mod progress;
mod reader;
mod run;
mod schema;
mod store;
mod summary;
#[cfg(test)]
mod tests;
mod unfinished;
mod verify;
mod work_file;
