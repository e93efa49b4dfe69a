//! What a request value has to say about its list so that all of it can be read.

use std::hash::Hash;

use crate::runtime::paging::Page;
use crate::runtime::request::Request;

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
macro_rules! list_value {
    ($value:ident, $row:ty) => {
        impl $value {
            /// Reads the list page by page, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn pages(self) -> $crate::runtime::Pages<Self> {
                $crate::runtime::Pages::of(self)
            }

            /// Reads the list row by row, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn stream(self) -> $crate::runtime::Rows<Self> {
                $crate::runtime::Rows::of(self)
            }
        }

        #[cfg(feature = "blocking")]
        impl $value<$crate::runtime::blocking::Client> {
            /// Reads the list page by page, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn pages(self) -> $crate::runtime::Pages<Self> {
                $crate::runtime::Pages::of(self)
            }

            /// Reads the list row by row, from the page that is set or the first, in the largest pages unless a size is set.
            pub fn rows(self) -> $crate::runtime::Rows<Self> {
                $crate::runtime::Rows::of(self)
            }
        }
    };
}
pub(crate) use list_value;
