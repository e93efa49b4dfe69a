//! One page of a list.

use serde::Serialize;

use super::rejected::RejectedRow;

/// The rows of one page, and where that page stands in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The rows, in the order the API gives them.
    pub items: Vec<T>,
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The rows that do not fit their type, in order. Only pages of lists that are read leniently have any.
    #[serde(skip)]
    pub(crate) rejected: Vec<RejectedRow>,
}

/// Where a page stands in its list. What the API leaves out is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Pagination {
    /// The number of the page; the first is 1.
    pub page: Option<u64>,
    /// How many rows a page holds at the most.
    pub limit: Option<u64>,
    /// How many rows the whole list has.
    pub total_count: Option<u64>,
    /// How many pages the whole list has.
    pub total_pages: Option<u64>,
    /// Whether there are rows after this page.
    pub has_more: Option<bool>,
}

impl<T> Page<T> {
    #[doc(hidden)]
    pub fn new(items: Vec<T>, pagination: Pagination) -> Self {
        Self { items, pagination, rejected: Vec::new() }
    }

    /// How many rows the server sent.
    pub(crate) fn sent(&self) -> usize {
        self.items.len() + self.rejected.len()
    }

    /// How many rows this page holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether this page holds no row.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The rows of this page.
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
