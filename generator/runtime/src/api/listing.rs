//! A list of several pages outside an envelope: its rows, and the way to the next page.

/// A list of several pages. Pointers are JSON pointers into the response body; an empty string means that the body has
/// no such value, and for rows that the body is the array.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// The array of rows.
    pub rows: &'static str,
    /// Whether the array may be missing or null, which means that there are no rows.
    pub may_lack_rows: bool,
    /// The way to the next page.
    pub next: Next,
    /// The number of rows of the whole list.
    pub total_count: &'static str,
    /// The number of pages of the whole list.
    pub total_pages: &'static str,
    /// The flag for more rows after this page.
    pub has_more: &'static str,
}

/// The way to the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The query parameter with the page number, and the number of the first page.
    Page(&'static str, u64),
    /// The query parameter with the number of rows before the page.
    Offset(&'static str),
    /// The query parameter with the cursor.
    Cursor(&'static str, Source),
    /// The property of the JSON body with the cursor, and whether it is a number.
    BodyCursor(&'static str, bool, Source),
    /// The URL of the next page.
    Url(Source),
}

/// The place of a cursor or URL in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A JSON pointer into the body.
    Body(&'static str),
    /// A JSON pointer into the last row.
    LastRow(&'static str),
    /// A header.
    Header(&'static str),
    /// The header `Link`: the target with the relation `next` (RFC 8288).
    Link,
}

impl Listing {
    /// Returns a list without counts.
    pub const fn new(rows: &'static str, next: Next) -> Self {
        Self { rows, may_lack_rows: false, next, total_count: "", total_pages: "", has_more: "" }
    }

    /// Reads a missing array as a page without rows.
    pub const fn may_lack_rows(self) -> Self {
        Self { may_lack_rows: true, ..self }
    }

    /// Sets the pointer to the number of rows.
    pub const fn total_count(self, pointer: &'static str) -> Self {
        Self { total_count: pointer, ..self }
    }

    /// Sets the pointer to the number of pages.
    pub const fn total_pages(self, pointer: &'static str) -> Self {
        Self { total_pages: pointer, ..self }
    }

    /// Sets the pointer to the flag for more rows.
    pub const fn has_more(self, pointer: &'static str) -> Self {
        Self { has_more: pointer, ..self }
    }
}
