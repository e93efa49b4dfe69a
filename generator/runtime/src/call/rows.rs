//! Reads one page of a list outside an envelope: its rows, its counts, and the way to the next page.

use std::marker::PhantomData;
use std::sync::Arc;

use http::header::LINK;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;
use url::Url;

use super::response::Response;
use super::{continuation, links, pointed};
use crate::api::{Listing, Next, Source};
use crate::error::Error;
use crate::error::decode::{self, Mismatch};
use crate::paging::rejected::RejectedRow;
use crate::paging::{Page, Pagination, Position};
use crate::pipeline::classify;

impl Response {
    /// Decodes a page of rows by the operation's description of its list.
    pub fn rows<T: DeserializeOwned>(self) -> Result<Page<T>, Error> {
        let Some(listing) = &self.context.operation.listing else {
            return Err(self.mismatch(Mismatch::whole("the operation has no pages"), None));
        };
        let body = std::str::from_utf8(&self.received.body);
        let body = body.map_err(|_| decode::not_utf8(self.context.operation.id, &self.received))?;
        if decode::seeded(PhantomData::<IgnoredAny>, body.as_bytes()).is_none() {
            return Err(self.mismatch(decode::mismatch(PhantomData::<IgnoredAny>, body.as_bytes()), None));
        }
        if !self.context.shared().api.errors.flag.is_empty() && self.is_flagged_as_error() {
            return Err(classify::api_error(&self.context, &self.received));
        }
        let raw_rows = self.raw_rows(listing, body)?;
        let mut page = Page::new(Vec::with_capacity(raw_rows.len()), self.pagination(listing, body));
        let received = Arc::new(self.received.clone());
        let property = listing.rows.trim_start_matches('/').replace('/', ".");
        for (index, row) in raw_rows.iter().enumerate() {
            if let Some(row) = decode::seeded(PhantomData::<T>, row.get().as_bytes()) {
                page.items.push(row);
                continue;
            }
            let mismatch = decode::mismatch(PhantomData::<T>, row.get().as_bytes()).in_item(&property, index);
            let position = Position::new(self.listed_page(listing), index);
            if !self.context.options.lenient_rows {
                return Err(self.mismatch(mismatch, Some(position)));
            }
            let rejected = RejectedRow::new(self.context.operation.id, position, row.get(), mismatch, received.clone());
            self.context.span.mismatch(&rejected.error());
            page.rejected.push(rejected);
        }
        page.next = self.next(listing, body, &raw_rows, page.pagination.has_more)?;
        page.offset = self.offset(listing);
        page.is_first = self.is_first(listing, page.next.as_deref());
        Ok(page)
    }

    fn raw_rows<'b>(&self, listing: &Listing, body: &'b str) -> Result<Vec<&'b RawValue>, Error> {
        let rows = pointed::value(body, listing.rows).filter(|rows| rows.get() != "null");
        let at = if listing.rows.is_empty() { ".".to_owned() } else { listing.rows[1..].replace('/', ".") };
        match rows {
            Some(rows) => serde_json::from_str(rows.get())
                .map_err(|_| self.mismatch(Mismatch { json_path: at, ..Mismatch::whole("expected an array") }, None)),
            None if listing.may_lack_rows => Ok(Vec::new()),
            None => Err(self.mismatch(Mismatch { json_path: at, ..Mismatch::whole("the array is missing") }, None)),
        }
    }

    fn pagination(&self, listing: &Listing, body: &str) -> Pagination {
        let find = |pointer: &str| if pointer.is_empty() { None } else { pointed::value(body, pointer) };
        let count = |pointer| find(pointer).and_then(pointed::text).and_then(|text| text.parse().ok());
        Pagination {
            page: Some(self.listed_page(listing)),
            limit: None,
            total_count: count(listing.total_count),
            total_pages: count(listing.total_pages),
            has_more: find(listing.has_more).and_then(|flag| flag.get().parse().ok()),
        }
    }

    /// Returns the cursor, the URL or the offset of the next page; `None` if this is the last.
    fn next(
        &self,
        listing: &Listing,
        body: &str,
        rows: &[&RawValue],
        has_more: Option<bool>,
    ) -> Result<Option<String>, Error> {
        if has_more == Some(false) {
            return Ok(None);
        }
        let source = match listing.next {
            Next::Page(..) => return Ok(None),
            Next::Offset(_) if rows.is_empty() => return Ok(None),
            Next::Offset(_) => {
                let next = self.offset(listing).unwrap_or(0).saturating_add(rows.len() as u64);
                return Ok(Some(next.to_string()));
            }
            Next::Url(source) => {
                let url = self.source(source, body, rows)?;
                return Ok(url.map(|url| continuation::without_key(&url, &self.context.shared().api.auth)));
            }
            Next::Cursor(_, source) | Next::BodyCursor(_, _, source) => source,
        };
        self.source(source, body, rows)
    }

    /// Returns the cursor or URL at its place in the response.
    fn source(&self, source: Source, body: &str, rows: &[&RawValue]) -> Result<Option<String>, Error> {
        let (value, pointer) = match source {
            Source::Header(name) => {
                let value = self.received.headers.get(name).and_then(|value| value.to_str().ok());
                return Ok(value.filter(|value| !value.is_empty()).map(str::to_owned));
            }
            Source::Link => {
                let headers = self.received.headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
                return Ok(headers.flat_map(links::next).next());
            }
            Source::Body(pointer) => (pointed::value(body, pointer), pointer),
            Source::LastRow(pointer) => match rows.last() {
                Some(row) => (pointed::value(row.get(), pointer), pointer),
                None => return Ok(None),
            },
        };
        let Some(value) = value else { return Ok(None) };
        let text = pointed::text(value);
        let is_end = matches!(value.get(), "null" | "\"\"" | "false");
        if text.is_some() || is_end {
            return Ok(text);
        }
        let json_path = pointer.trim_start_matches('/').replace('/', ".");
        Err(self.mismatch(Mismatch { json_path, ..Mismatch::whole("expected a string or a number") }, None))
    }

    /// The number of rows before the page, if the list has offsets.
    fn offset(&self, listing: &Listing) -> Option<u64> {
        let Next::Offset(parameter) = listing.next else { return None };
        Some(self.requested(parameter).and_then(|offset| offset.parse().ok()).unwrap_or(0))
    }

    /// The number of the requested page.
    fn listed_page(&self, listing: &Listing) -> u64 {
        match listing.next {
            Next::Page(parameter, first) => {
                let number = self.requested(parameter).and_then(|page| page.parse::<u64>().ok());
                number.map_or(1, |number| number.saturating_sub(first).saturating_add(1))
            }
            _ => self.context.options.start.as_ref().map_or(1, |start| start.page),
        }
    }

    /// Whether the request certainly asked for the first page.
    fn is_first(&self, listing: &Listing, next: Option<&str>) -> bool {
        let url = &self.context.outgoing.url;
        match listing.next {
            Next::Page(..) | Next::Offset(_) => false,
            Next::Cursor(parameter, _) => self.requested(parameter).is_none(),
            Next::BodyCursor(property, ..) => {
                let body = self.context.outgoing.body.as_ref();
                let body = body.and_then(|body| std::str::from_utf8(body.bytes()?).ok());
                let cursor = body.and_then(|body| pointed::value(body, &format!("/{property}")));
                cursor.and_then(pointed::text).is_none()
            }
            // The next URL has the same parameters, and the position in addition.
            Next::Url(_) => {
                let next = next.and_then(|next| url.join(next).ok());
                let next: Vec<_> = next.iter().flat_map(Url::query_pairs).collect();
                url.query_pairs().all(|pair| next.contains(&pair))
            }
        }
    }

    fn requested(&self, parameter: &str) -> Option<String> {
        let mut query = self.context.outgoing.url.query_pairs();
        query.find(|(name, _)| name == parameter).map(|(_, value)| value.into_owned())
    }

    fn mismatch(&self, mismatch: Mismatch, row: Option<Position>) -> Error {
        let error = mismatch.error(self.context.operation.id, row, &self.received);
        self.context.span.mismatch(&error);
        error
    }
}
