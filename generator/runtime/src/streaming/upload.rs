//! Content to send: in memory, in a file, or from a stream.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};
use tokio::task::spawn_blocking;

use super::once::Once;
use super::read::ReadChunks;
use crate::error::BoxError;

/// Content to send: bytes in memory, a file, or a stream that is read while it is sent.
#[derive(Clone)]
#[must_use = "content is sent with a request"]
pub struct Upload(Source);

#[derive(Clone)]
enum Source {
    Memory(Bytes),
    File(Arc<Path>),
    Once(Arc<Once>),
}

impl Upload {
    /// Returns content in memory.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self(Source::Memory(content.into()))
    }

    /// Returns the content of a file. Each attempt opens the file, so retries are possible.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into().into()))
    }

    /// Returns the content of a stream. Once a request has begun to send it, the call is not retried.
    ///
    /// `length` is the number of bytes, if it is known. Some servers reject requests without it. An error of the
    /// stream, or another number of bytes, aborts the request with [`Error::Upload`](crate::Error::Upload).
    pub fn stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self(Source::Once(Arc::new(Once::new(stream.map_err(Into::into), length))))
    }

    /// Returns the content of a blocking reader, such as the output of another process. It is like
    /// [`stream`](Self::stream).
    pub fn reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self(Source::Once(Arc::new(Once::new(ReadChunks::new(reader), length))))
    }

    /// The content, if it is in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Memory(bytes) => Some(bytes),
            Source::File(_) | Source::Once(_) => None,
        }
    }

    /// Whether another request can send it.
    pub(crate) fn is_available(&self) -> bool {
        match &self.0 {
            Source::Memory(_) | Source::File(_) => true,
            Source::Once(once) => once.is_available(),
        }
    }

    /// The file name, if it is a file.
    pub(crate) fn file_name(&self) -> Option<String> {
        match &self.0 {
            Source::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            Source::Memory(_) | Source::Once(_) => None,
        }
    }

    /// Opens content that is not in memory.
    pub(super) async fn open(&self) -> io::Result<Arc<Once>> {
        match &self.0 {
            Source::Memory(bytes) => {
                let bytes = bytes.clone();
                let length = Some(bytes.len() as u64);
                Ok(Arc::new(Once::new(futures_util::stream::iter([Ok(bytes)]), length)))
            }
            Source::Once(once) => Ok(once.clone()),
            Source::File(path) => {
                let path = path.clone();
                spawn_blocking(move || open(&path)).await?
            }
        }
    }
}

/// Opens a file. The length of anything else than a regular file is unknown.
fn open(path: &Path) -> io::Result<Arc<Once>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let length = metadata.is_file().then_some(metadata.len());
    // A file that grows is sent up to its first length.
    let content = file.take(length.unwrap_or(u64::MAX));
    Ok(Arc::new(Once::new(ReadChunks::new(content), length)))
}

macro_rules! from_content {
    ($($ty:ty),*) => {
        $(impl From<$ty> for Upload {
            fn from(content: $ty) -> Self {
                Self::new(content)
            }
        })*
    };
}
from_content!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

/// Streams are equal if they are the same stream.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Memory(one), Source::Memory(other)) => one == other,
            (Source::File(one), Source::File(other)) => one == other,
            (Source::Once(one), Source::Once(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Upload {}

/// Prints the size of content in memory; a path or the content may be personal data.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Upload");
        match &self.0 {
            Source::Memory(bytes) => debug.field("bytes", &bytes.len()),
            Source::File(_) => debug.field("file", &"…"),
            Source::Once(once) => debug.field("length", &once.length),
        };
        debug.finish_non_exhaustive()
    }
}
