//! Lists that come in numbered pages: one page, a stream of pages, a stream of rows.

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

/// How many pages are read ahead unless it is said otherwise.
const PREFETCH: usize = 1;
/// How many rows are remembered unless it is said otherwise.
const MEMORY: usize = 10_000;
