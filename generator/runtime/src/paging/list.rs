//! The list interface of request values, for reading all pages.

use std::hash::Hash;

use super::walk::Walk;
use super::{Numbered, Page};
use crate::call::request::{Pending, Request};
use crate::error::Error;

/// A request value that returns one page of a list.
pub trait List: Request + Clone + Unpin {
    /// A row of the list.
    type Row: serde::Serialize + Send + Unpin + 'static;
    /// The key that identifies a row.
    type Key: Clone + Eq + Hash + Send + Unpin + 'static;

    /// The way from page to page.
    #[doc(hidden)]
    type Walk: Walk<Self>;

    /// The operation id, as in the API's documentation.
    #[doc(hidden)]
    const OPERATION: &'static str;

    /// The key of a row; `None` if the row has none.
    #[doc(hidden)]
    fn key(row: &Self::Row) -> Option<Self::Key>;

    /// Requests one page.
    #[doc(hidden)]
    fn read_page(self) -> Pending<Result<Page<Self::Row>, Error>>;

    /// Requests the largest documented page size, unless a size is set.
    #[doc(hidden)]
    fn in_large_pages(self) -> Self;
}

/// A list with page numbers.
#[doc(hidden)]
pub trait NumberedList: List<Walk = Numbered<Self>> {
    /// The requested page number, if set.
    fn page_number(&self) -> Option<u64>;

    /// Requests this page instead.
    fn at_page(self, page: u64) -> Self;
}

/// Adds the methods that read the whole list to a request value for a page.
#[doc(hidden)]
#[macro_export]
macro_rules! list_value {
    ($value:ident, $row:ty) => {
        impl<C: $crate::Caller> $value<C> {
            /// Reads the list page by page, starting at the page that is set, or at the first. The page size is the
            /// documented maximum, unless it is set.
            pub fn pages(self) -> $crate::Pages<Self> {
                $crate::Pages::of(self)
            }
        }

        impl<C: $crate::AsyncCaller> $value<C> {
            /// Reads the list row by row, starting at the page that is set, or at the first. The page size is the
            /// documented maximum, unless it is set.
            pub fn stream(self) -> $crate::Rows<Self> {
                $crate::Rows::of(self)
            }
        }

        $crate::__blocking_rows!($value, $row);
    };
}

/// Adds the blocking `rows` to a request value; a no-op without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "blocking")]
macro_rules! __blocking_rows {
    ($value:ident, $row:ty) => {
        impl<C: $crate::BlockingCaller> $value<C> {
            /// Reads the list row by row, starting at the page that is set, or at the first. The page size is the
            /// documented maximum, unless it is set.
            pub fn rows(self) -> $crate::Rows<Self> {
                $crate::Rows::of(self)
            }
        }
    };
}

/// Adds the blocking `rows` to a request value; a no-op without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "blocking"))]
macro_rules! __blocking_rows {
    ($value:ident, $row:ty) => {};
}
