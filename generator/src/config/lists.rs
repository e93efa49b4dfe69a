//! The settings of lists of several pages.

use serde::Deserialize;
use toml::Spanned;

/// Lists of several pages outside an envelope. Pointers are JSON pointers into a response body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListSettings {
    /// The operations; by default all to which the other settings apply.
    pub(crate) operations: Option<Vec<Spanned<String>>>,
    /// The array of rows; by default the body, or its only array.
    pub(crate) rows: Option<Spanned<String>>,
    /// The query parameter with the page number.
    pub(crate) page: Option<Spanned<String>>,
    /// The number of the first page; by default 1.
    pub(crate) first_page: Option<Spanned<u64>>,
    /// The query parameter with the number of rows before the page.
    pub(crate) offset: Option<Spanned<String>>,
    /// The query parameter, or the property of the JSON body, with the cursor.
    pub(crate) cursor: Option<Spanned<String>>,
    /// The cursor of the next page, or its URL if there is no parameter for a cursor.
    pub(crate) next: Option<Spanned<String>>,
    /// The header with the cursor or URL. `Link` is read by its own format.
    pub(crate) next_header: Option<Spanned<String>>,
    /// The property of the last row that is the cursor.
    pub(crate) last_row: Option<Spanned<String>>,
    /// The query parameter with the page size.
    pub(crate) size: Option<Spanned<String>>,
    /// The largest page size, if the parameter documents none.
    pub(crate) max_size: Option<Spanned<u32>>,
    /// The number of rows of the whole list.
    pub(crate) total_count: Option<Spanned<String>>,
    /// The number of pages of the whole list.
    pub(crate) total_pages: Option<Spanned<String>>,
    /// The flag for more rows after this page.
    pub(crate) has_more: Option<Spanned<String>>,
}

/// How the next page of a list is requested.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style<'a> {
    Page(&'a Spanned<String>),
    Offset(&'a Spanned<String>),
    Cursor(&'a Spanned<String>, Source<'a>),
    Url(Source<'a>),
}

/// Where a cursor or URL is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    Body(&'a Spanned<String>),
    LastRow(&'a Spanned<String>),
    Header(&'a Spanned<String>),
}

impl ListSettings {
    /// Parses the settings of one list.
    pub(crate) fn parse(toml: &str) -> Option<Self> {
        toml::from_str(toml).ok()
    }

    /// Returns the style; the error is the reason why the settings have none.
    pub(crate) fn style(&self) -> Result<Style<'_>, &'static str> {
        let sources = [
            self.next.as_ref().map(Source::Body),
            self.next_header.as_ref().map(Source::Header),
            self.last_row.as_ref().map(Source::LastRow),
        ];
        let mut sources = sources.into_iter().flatten();
        let source = sources.next();
        if sources.next().is_some() {
            return Err("have more than one of `next`, `next_header` and `last_row`");
        }
        match (&self.page, &self.offset, &self.cursor, source) {
            (Some(page), None, None, None) => Ok(Style::Page(page)),
            (None, Some(offset), None, None) => Ok(Style::Offset(offset)),
            (None, None, Some(cursor), Some(source)) => Ok(Style::Cursor(cursor, source)),
            (None, None, None, Some(source @ (Source::Body(_) | Source::Header(_)))) => Ok(Style::Url(source)),
            (None, None, Some(_), None) => Err("have a `cursor`, but none of `next`, `next_header` and `last_row`"),
            (None, None, None, Some(Source::LastRow(_))) => Err("have `last_row`, but no `cursor`"),
            (None, None, None, None) => Err("have none of `page`, `offset`, `cursor`, `next` and `next_header`"),
            (Some(_), _, _, Some(_)) | (_, Some(_), _, Some(_)) => {
                Err("have a page number or an offset, and the way to the next page")
            }
            _ => Err("have more than one of `page`, `offset` and `cursor`"),
        }
    }

    /// Returns the pointers into bodies.
    pub(crate) fn pointers(&self) -> impl Iterator<Item = &Spanned<String>> {
        let all = [&self.rows, &self.next, &self.last_row, &self.total_count, &self.total_pages, &self.has_more];
        all.into_iter().flatten()
    }

    /// Returns the bytes of any setting.
    pub(crate) fn place(&self) -> std::ops::Range<usize> {
        let own = [&self.page, &self.offset, &self.cursor, &self.next_header, &self.size].into_iter().flatten();
        let operations = self.operations.iter().flatten();
        own.chain(self.pointers()).chain(operations).next().map_or(0..0, Spanned::span)
    }
}
