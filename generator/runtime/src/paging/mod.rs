//! Lists with numbered pages: one page, a stream of pages, a stream of rows.

mod duplicates;
mod list;
mod page;
mod pages;
mod position;
mod promise;
pub(crate) mod rejected;
mod repeats;
mod rows;
mod walk;

#[cfg(test)]
mod tests;

pub use duplicates::Duplicates;
pub use list::List;
pub use page::{Page, Pagination};
pub use pages::Pages;
pub use position::Position;
pub use rows::Rows;

/// The default number of pages to read ahead.
const PREFETCH: usize = 1;
/// The default number of rows to remember.
const MEMORY: usize = 10_000;
