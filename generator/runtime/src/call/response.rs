//! The response to a call that was accepted, and the ways to read it.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{DeserializeOwned, DeserializeSeed};

use super::envelope::{Opened, Opening};
use super::reply::Reply;
use crate::error::{Error, decode};
use crate::paging::Page;
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;
use crate::pipeline::verdict;

/// The response to a call.
pub struct Response {
    pub(crate) context: Context,
    pub(crate) received: Received,
    pub(crate) attempts: u32,
}

#[allow(clippy::unnecessary_wraps, reason = "all ways to read a response have one form")]
impl Response {
    /// The status, which is one of success.
    pub fn status(&self) -> u16 {
        self.received.status.as_u16()
    }

    /// Nothing, whatever the body is.
    pub fn nothing(self) -> Result<Reply<()>, Error> {
        Ok(self.reply(()))
    }

    /// The value that the body is.
    pub fn value<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        let value = self.read(PhantomData::<T>, &self.received.body)?;
        Ok(self.reply(value))
    }

    /// The value inside the envelope.
    pub fn data<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        let opened = self.open::<T>()?;
        Ok(self.reply(opened.data))
    }

    /// The page of rows inside the envelope.
    pub fn page<T: DeserializeOwned>(self) -> Result<Reply<Page<T>>, Error> {
        let opened = self.open::<Vec<T>>()?;
        Ok(self.reply(Page::new(opened.data, opened.pagination)))
    }

    /// The body as text.
    pub fn text(self) -> Result<Reply<String>, Error> {
        match String::from_utf8(self.received.body.to_vec()) {
            Ok(text) => Ok(self.reply(text)),
            Err(_) => Err(decode::not_text(self.context.operation.id, self.received.status)),
        }
    }

    /// The body as bytes.
    pub fn bytes(self) -> Result<Reply<Bytes>, Error> {
        let body = self.received.body.clone();
        Ok(self.reply(body))
    }

    /// What `read` reads, unless the body is empty.
    pub fn optional<T>(self, read: impl FnOnce(Self) -> Result<Reply<T>, Error>) -> Result<Reply<Option<T>>, Error> {
        if self.received.body.is_empty() { Ok(self.reply(None)) } else { Ok(read(self)?.map(Some)) }
    }

    /// The value of an undocumented response; an empty body is null.
    pub(crate) fn undocumented<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        if self.says_failed() {
            return Err(verdict::error_response(&self.context, &self.received));
        }
        let body: &[u8] = if self.received.body.is_empty() { b"null" } else { &self.received.body };
        let value = self.read(PhantomData::<T>, body)?;
        Ok(self.reply(value))
    }

    /// The error for a success whose status the operation does not document.
    pub fn unexpected(&self) -> Error {
        decode::unexpected(self.context.operation.id, self.received.status)
    }

    fn open<T: DeserializeOwned>(&self) -> Result<Opened<T>, Error> {
        let opening = Opening::of(self.context.shared().api);
        match decode::seeded(opening, &self.received.body) {
            Ok(opened) if opened.succeeded => Ok(opened),
            // An envelope that says "failed" may lack the data that its type requires.
            Err(_) if !self.says_failed() => Err(self.mismatch(opening, &self.received.body)),
            _ => Err(verdict::error_response(&self.context, &self.received)),
        }
    }

    /// Reads a body, or reports where it does not have the documented type.
    fn read<T: DeserializeOwned>(&self, seed: PhantomData<T>, body: &[u8]) -> Result<T, Error> {
        decode::seeded(seed, body).map_err(|_| self.mismatch(seed, body))
    }

    fn mismatch<'de, S: DeserializeSeed<'de>>(&self, seed: S, body: &'de [u8]) -> Error {
        let mismatch = decode::mismatch(self.context.operation.id, self.received.status, seed, body);
        self.context.span.mismatch(&mismatch);
        mismatch
    }

    /// Whether the body's own flag says that the call failed.
    fn says_failed(&self) -> bool {
        let flag = self.context.shared().api.errors.flag;
        let body = serde_json::from_slice::<serde_json::Value>(&self.received.body).ok();
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    /// A value with the response around it.
    fn reply<T>(self, value: T) -> Reply<T> {
        let Received { status, headers, body } = self.received;
        let elapsed = self.context.begun.elapsed();
        Reply { value, status, headers, body, attempts: self.attempts, elapsed }
    }
}
