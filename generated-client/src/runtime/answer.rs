//! What a server that accepted a request has said, and the ways to read it.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::context::Context;
use super::error::Error;
use super::received::Received;
use super::reply::Reply;
use super::{decode, verdict};

/// A body that wraps its data together with a flag that says whether the call succeeded.
pub(crate) trait Enveloped {
    /// What is inside.
    type Data;
    /// Whether the flag says that the call succeeded.
    fn succeeded(&self) -> bool;
    /// Takes the wrapping off.
    fn into_data(self) -> Self::Data;
}

/// The answer to a call.
pub(crate) struct Answer {
    pub(crate) context: Context,
    pub(crate) received: Received,
    pub(crate) attempts: u32,
}

#[allow(clippy::unnecessary_wraps, reason = "all ways to read an answer have one form")]
impl Answer {
    /// The status, which is one of success.
    pub(crate) fn status(&self) -> u16 {
        self.received.status.as_u16()
    }

    /// Nothing, whatever the body is.
    pub(crate) fn nothing(self) -> Result<Reply<()>, Error> {
        Ok(self.reply(()))
    }

    /// The value that the body is.
    pub(crate) fn value<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        let value = self.read(&self.received.body)?;
        Ok(self.reply(value))
    }

    /// The value in the envelope that the body is.
    pub(crate) fn open<B: Enveloped + DeserializeOwned>(self) -> Result<Reply<B::Data>, Error> {
        match serde_json::from_slice::<B>(&self.received.body) {
            Ok(body) if body.succeeded() => Ok(self.reply(body.into_data())),
            // An envelope that says "failed" may lack the data that its type demands.
            Err(_) if !self.says_failed() => Err(self.misfit::<B>(&self.received.body)),
            _ => Err(self.refusal()),
        }
    }

    /// The body as text.
    pub(crate) fn text(self) -> Result<Reply<String>, Error> {
        match String::from_utf8(self.received.body.to_vec()) {
            Ok(text) => Ok(self.reply(text)),
            Err(_) => Err(decode::not_text(self.context.operation.id, self.received.status)),
        }
    }

    /// The body as it is.
    pub(crate) fn bytes(self) -> Result<Reply<Bytes>, Error> {
        let body = self.received.body.clone();
        Ok(self.reply(body))
    }

    /// What there is to read, unless the body is empty.
    pub(crate) fn optional<T>(
        self,
        read: impl FnOnce(Self) -> Result<Reply<T>, Error>,
    ) -> Result<Reply<Option<T>>, Error> {
        if self.received.body.is_empty() { Ok(self.reply(None)) } else { Ok(read(self)?.map(Some)) }
    }

    /// The value of an answer that no documentation describes; an empty body reads as null.
    pub(crate) fn undescribed<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        if self.says_failed() {
            return Err(self.refusal());
        }
        let body: &[u8] = if self.received.body.is_empty() { b"null" } else { &self.received.body };
        let value = self.read(body)?;
        Ok(self.reply(value))
    }

    /// The error for a success whose status the operation does not document.
    pub(crate) fn unexpected(&self) -> Error {
        decode::unexpected(self.context.operation.id, self.received.status)
    }

    /// Reads a body, or says where it does not have the documented form.
    fn read<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, Error> {
        serde_json::from_slice(body).map_err(|_| self.misfit::<T>(body))
    }

    fn misfit<T: DeserializeOwned>(&self, body: &[u8]) -> Error {
        let misfit = decode::misfit::<T>(self.context.operation.id, self.received.status, body);
        self.context.span.misfit(&misfit);
        misfit
    }

    /// Whether the body's own flag says that the call failed.
    fn says_failed(&self) -> bool {
        let flag = self.context.shared().policy.failure.flag;
        let body = serde_json::from_slice::<serde_json::Value>(&self.received.body).ok();
        body.as_ref().and_then(|body| body.pointer(flag)).is_some_and(|flag| flag == false)
    }

    fn refusal(&self) -> Error {
        verdict::refusal(&self.context, &self.received)
    }

    /// A value with the answer that it came in.
    fn reply<T>(self, value: T) -> Reply<T> {
        let Received { status, headers, body } = self.received;
        let elapsed = self.context.begun.elapsed();
        Reply { value, status, headers, body, attempts: self.attempts, elapsed }
    }
}
