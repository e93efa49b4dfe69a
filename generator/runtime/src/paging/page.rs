//! One page of a list.

use serde::Serialize;

use super::rejected::RejectedRow;

/// The rows of one page, and the page's position in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The rows, in the API's order.
    pub items: Vec<T>,
    /// The page's position in the list.
    pub pagination: Pagination,
    /// Rows with a type mismatch, in order. Only lists that are read with `lenient_rows` have any.
    #[serde(skip)]
    pub(crate) rejected: Vec<RejectedRow>,
    /// The cursor, the URL or the offset of the next page, if the list has no page numbers.
    #[serde(skip)]
    pub(crate) next: Option<String>,
    /// The number of rows before this page, if it was requested by offset.
    #[serde(skip)]
    pub(crate) offset: Option<u64>,
    /// Whether the page is certain to be the first of its list.
    #[serde(skip)]
    pub(crate) is_first: bool,
}

/// The pagination of a response. Properties missing from the response are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Pagination {
    /// The page number, starting at 1.
    pub page: Option<u64>,
    /// The maximum number of rows per page.
    pub limit: Option<u64>,
    /// The number of rows in the whole list.
    pub total_count: Option<u64>,
    /// The number of pages in the whole list.
    pub total_pages: Option<u64>,
    /// Whether more rows follow this page.
    pub has_more: Option<bool>,
}

impl<T> Page<T> {
    #[doc(hidden)]
    pub fn new(items: Vec<T>, pagination: Pagination) -> Self {
        Self { items, pagination, rejected: Vec::new(), next: None, offset: None, is_first: false }
    }

    /// The number of rows that the server sent.
    pub(crate) fn sent(&self) -> usize {
        self.items.len() + self.rejected.len()
    }

    /// The number of rows of this page.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether this page has no rows.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Iterates over the rows of this page.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
