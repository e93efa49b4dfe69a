//! Lists of several pages: one page, a stream of pages, a stream of rows.

mod duplicates;
mod linked;
mod list;
mod numbered;
mod page;
mod pages;
mod position;
mod promise;
pub(crate) mod rejected;
mod repeats;
mod rows;
#[doc(hidden)]
pub mod walk;

#[cfg(test)]
mod tests;

pub use duplicates::Duplicates;
pub use linked::Linked;
pub use list::{List, NumberedList};
pub use numbered::Numbered;
pub use page::{Page, Pagination};
pub use pages::Pages;
pub use position::{CursorPosition, Position};
pub use rows::Rows;

/// The positions of a list.
pub type PositionOf<L> = <<L as List>::Walk as walk::Walk<L>>::Position;

/// The default number of pages to read ahead.
const PREFETCH: usize = 1;
/// The default number of rows to remember.
const MEMORY: usize = 10_000;
