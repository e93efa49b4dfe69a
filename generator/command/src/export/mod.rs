//! Exports lists into files or a database: each row is written exactly once, even if the export is interrupted.
//!
//! Unfinished files are in a work directory. When all lists are complete, the files are renamed to their final names,
//! the manifest last.

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
