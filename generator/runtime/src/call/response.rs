//! A success response, and the ways to decode it.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::envelope::{Opened, Opening};
use super::reply::Reply;
use crate::api::operation::Output;
use crate::error::decode::Mismatch;
use crate::error::{Error, decode};
use crate::paging::rejected::RejectedRow;
use crate::paging::{Page, Position};
use crate::pipeline::classify;
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;
use crate::streaming::{Download, Events, Lines, chunks, events};

/// A success response.
pub struct Response {
    pub(crate) context: Box<Context>,
    pub(crate) received: Received,
    /// The response with its body, if the body is read piece by piece.
    pub(crate) rest: Option<reqwest::Response>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

#[allow(clippy::unnecessary_wraps, reason = "all ways to read a response have one form")]
impl Response {
    /// The status: 2xx or a documented redirect.
    pub fn status(&self) -> u16 {
        self.received.status.as_u16()
    }

    /// Ignores the body.
    pub fn nothing(self) -> Result<Reply<()>, Error> {
        Ok(self.reply(()))
    }

    /// Decodes the body.
    pub fn value<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        // A box avoids moving a large value from each result to the next.
        let value = self.read(PhantomData::<Box<T>>, &self.received.body)?;
        Ok(self.reply(()).map(|()| *value))
    }

    /// Decodes the data inside the envelope.
    pub fn data<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        let opened = self.open::<Box<T>>()?;
        Ok(self.reply(()).map(|()| *opened.data))
    }

    /// Decodes a page of rows inside the envelope.
    pub fn page<T: DeserializeOwned>(self) -> Result<Reply<Page<T>>, Error> {
        let page = match self.open::<Vec<T>>() {
            Ok(opened) => Page::new(opened.data, opened.pagination),
            Err(Error::Decode { row: Some(_), .. }) if self.context.options.lenient_rows => self.lenient_page()?,
            Err(error) => return Err(error),
        };
        Ok(self.reply(page))
    }

    /// Decodes a page row by row, and keeps the errors of rows with a type mismatch.
    fn lenient_page<T: DeserializeOwned>(&self) -> Result<Page<T>, Error> {
        let opened = self.open::<Vec<Box<RawValue>>>()?;
        let received = Arc::new(self.received.clone());
        let mut page = Page::new(Vec::with_capacity(opened.data.len()), opened.pagination);
        for (index, row) in opened.data.iter().enumerate() {
            match decode::seeded(PhantomData::<T>, row.get().as_bytes()) {
                Some(row) => page.items.push(row),
                None => page.rejected.push(self.rejected_row::<T>(index, row, &received)),
            }
        }
        Ok(page)
    }

    fn rejected_row<T: DeserializeOwned>(&self, index: usize, row: &RawValue, page: &Arc<Received>) -> RejectedRow {
        let property = self.context.shared().api.envelope.as_ref().map_or("", |envelope| envelope.data);
        let mismatch = decode::mismatch(PhantomData::<T>, row.get().as_bytes()).in_item(property, index);
        let position = Position::new(self.requested_page(), index);
        let rejected = RejectedRow::new(self.context.operation.id, position, row.get(), mismatch, page.clone());
        self.context.span.mismatch(&rejected.error());
        rejected
    }

    /// Returns the body as a string.
    pub fn text(self) -> Result<Reply<String>, Error> {
        match String::from_utf8(self.received.body.to_vec()) {
            Ok(body) => Ok(self.reply(body)),
            Err(_) => Err(decode::not_utf8(self.context.operation.id, &self.received)),
        }
    }

    /// Returns the body as bytes.
    pub fn bytes(self) -> Result<Reply<Bytes>, Error> {
        let body = self.received.body.clone();
        Ok(self.reply(body))
    }

    /// Returns the body piece by piece. A redirect has none, so it is an error.
    pub(crate) fn download<C>(self, caller: C) -> Result<Download<C>, Error> {
        let Some(rest) = self.rest else { return Err(classify::api_error(&self.context, &self.received)) };
        let Received { status, headers, .. } = self.received;
        let length = rest.content_length();
        Ok(Download::new(caller, (status, headers, length), chunks::read(&self.context, rest)))
    }

    /// Returns the events of the body; their data is JSON.
    pub fn events<T: DeserializeOwned + Send + 'static, C>(self, caller: C) -> Result<Events<T, C>, Error> {
        Events::read(self, caller, events::json, false)
    }

    /// Returns the events of the body; their data is text.
    pub fn text_events<C>(self, caller: C) -> Result<Events<String, C>, Error> {
        Events::read(self, caller, events::text, true)
    }

    /// Returns the lines of the body, each of which is JSON.
    pub fn lines<T: DeserializeOwned + Send + 'static, C>(self, caller: C) -> Result<Lines<T, C>, Error> {
        Ok(Lines::read(self, caller))
    }

    /// Returns a stream as the value of a call.
    pub fn streamed<S>(self, read: impl FnOnce(Self) -> Result<S, Error>) -> Result<Reply<S>, Error> {
        let Received { status, headers, .. } = &self.received;
        let (status, headers) = (*status, headers.clone());
        let (attempts, elapsed) = (self.attempts, self.elapsed);
        Ok(Reply { value: read(self)?, status, headers, body: Bytes::new(), attempts, elapsed })
    }

    /// The operation id.
    pub(crate) fn operation(&self) -> &'static str {
        self.context.operation.id
    }

    /// Decodes the body with `read`; returns `None` for an empty body and for a redirect.
    pub fn optional<T>(self, read: impl FnOnce(Self) -> Result<Reply<T>, Error>) -> Result<Reply<Option<T>>, Error> {
        let has_value = !self.received.body.is_empty() && !self.received.status.is_redirection();
        if has_value { Ok(read(self)?.map(Some)) } else { Ok(self.reply(None)) }
    }

    /// Decodes the body of an undocumented endpoint; an empty body is null.
    pub(crate) fn undocumented<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        if self.is_flagged_as_error() {
            return Err(classify::api_error(&self.context, &self.received));
        }
        let body: &[u8] = if self.received.body.is_empty() { b"null" } else { &self.received.body };
        let value = self.read(PhantomData::<T>, body)?;
        Ok(self.reply(value))
    }

    /// Returns the error for a 2xx status that the operation does not document.
    pub fn unexpected(&self) -> Error {
        decode::unexpected(self.context.operation.id, &self.received)
    }

    fn open<T: DeserializeOwned>(&self) -> Result<Opened<T>, Error> {
        let opening = Opening::of(self.context.shared().api);
        match decode::seeded(opening, &self.received.body) {
            Some(opened) if opened.succeeded => Ok(opened),
            // An error's envelope may lack the data that its type requires.
            None if !self.is_flagged_as_error() => Err(self.error(decode::mismatch(opening, &self.received.body))),
            _ => Err(classify::api_error(&self.context, &self.received)),
        }
    }

    /// Decodes a body, or returns an error with the path of the mismatch.
    fn read<T: DeserializeOwned>(&self, seed: PhantomData<T>, body: &[u8]) -> Result<T, Error> {
        decode::seeded(seed, body).ok_or_else(|| self.error(decode::mismatch(seed, body)))
    }

    /// Reports a mismatch. If the operation returns a page, the error contains the row's position.
    fn error(&self, mismatch: Mismatch) -> Error {
        let item = mismatch.item.filter(|_| matches!(self.context.operation.output, Output::Page { .. }));
        let row = item.map(|item| Position::new(self.requested_page(), item));
        let error = mismatch.error(self.context.operation.id, row, &self.received);
        self.context.span.mismatch(&error);
        error
    }

    /// The requested page number; 1 if the request has none.
    fn requested_page(&self) -> u64 {
        let Some(paging) = &self.context.shared().api.paging else { return 1 };
        let mut query = self.context.outgoing.url.query_pairs();
        let page = query.find(|(name, _)| name == paging.page_parameter);
        page.and_then(|(_, page)| page.parse().ok()).unwrap_or(1)
    }

    /// Whether the flag in the body marks the response as an error.
    pub(super) fn is_flagged_as_error(&self) -> bool {
        let flag = self.context.shared().api.errors.flag;
        let body = serde_json::from_slice::<serde_json::Value>(&self.received.body).ok();
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    /// Returns a value with the details of the response.
    fn reply<T>(self, value: T) -> Reply<T> {
        let Received { status, headers, body } = self.received;
        Reply { value, status, headers, body, attempts: self.attempts, elapsed: self.elapsed }
    }
}
