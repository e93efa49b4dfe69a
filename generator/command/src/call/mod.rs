//! The subcommands that call operations.

mod arguments;
mod confirm;
mod explain;
mod matches;
mod print;
mod run;
mod value;
mod value_parser;

pub(crate) use arguments::group;
pub(crate) use run::run;
