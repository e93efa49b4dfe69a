//! A stream that can be read once.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::Stream;

use super::Chunk;

pub(super) type BoxStream = Pin<Box<dyn Stream<Item = Chunk> + Send>>;

/// A stream that requests share until one begins to read it.
pub(crate) struct Once {
    /// The number of bytes, if it is known.
    pub(crate) length: Option<u64>,
    stream: Mutex<Option<BoxStream>>,
}

impl Once {
    pub(crate) fn new(stream: impl Stream<Item = Chunk> + Send + 'static, length: Option<u64>) -> Self {
        Self { length, stream: Mutex::new(Some(Box::pin(stream))) }
    }

    /// Whether no request has begun to read it.
    pub(crate) fn is_available(&self) -> bool {
        self.lock().is_some()
    }

    /// Returns the stream, unless a request has begun to read it.
    pub(super) fn take(&self) -> Option<BoxStream> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<BoxStream>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
