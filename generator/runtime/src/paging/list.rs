//! What a request value has to say about its list so that all of it can be read.

use std::hash::Hash;

use crate::call::request::Request;
use crate::paging::Page;

/// A request value that gives one page of a list.
pub trait List: Request<Output = Page<Self::Row>> + Clone + Unpin {
    /// A row of the list.
    type Row: serde::Serialize + Send + Unpin + 'static;
    /// What tells rows apart.
    type Key: Clone + Eq + Hash + Send + Unpin + 'static;

    /// The operation as the API's documentation names it.
    #[doc(hidden)]
    const OPERATION: &'static str;

    /// What tells this row from others; none if nothing does.
    #[doc(hidden)]
    fn key(row: &Self::Row) -> Option<Self::Key>;

    /// The page that it asks for, if it says so.
    #[doc(hidden)]
    fn page_number(&self) -> Option<u64>;

    /// Asks for this page instead.
    #[doc(hidden)]
    fn at_page(self, page: u64) -> Self;

    /// Asks for the largest pages that are documented, unless a size is set.
    #[doc(hidden)]
    fn in_large_pages(self) -> Self;
}

/// Gives a request value for a page the ways to read the whole list.
#[doc(hidden)]
#[macro_export]
macro_rules! list_value {
    ($value:ident, $row:ty) => {
        impl<C: $crate::Caller> $value<C> {
            /// Reads the list page by page, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn pages(self) -> $crate::Pages<Self> {
                $crate::Pages::of(self)
            }
        }

        impl<C: $crate::AsyncCaller> $value<C> {
            /// Reads the list row by row, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn stream(self) -> $crate::Rows<Self> {
                $crate::Rows::of(self)
            }
        }

        $crate::__blocking_rows!($value, $row);
    };
}

/// Reads a list with a blocking client; nothing without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "blocking")]
macro_rules! __blocking_rows {
    ($value:ident, $row:ty) => {
        impl<C: $crate::BlockingCaller> $value<C> {
            /// Reads the list row by row, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn rows(self) -> $crate::Rows<Self> {
                $crate::Rows::of(self)
            }
        }
    };
}

/// Reads a list with a blocking client; nothing without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "blocking"))]
macro_rules! __blocking_rows {
    ($value:ident, $row:ty) => {};
}
