//! Files in a request.

use std::fmt;
use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use futures_util::Stream;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::check::Checked;
use crate::error::BoxError;
use crate::streaming::Upload;

/// A file in a request: its content, with an optional name and media type.
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a file is sent with a request"]
pub struct FilePart {
    name: Option<String>,
    media_type: Option<String>,
    content: Upload,
}

impl FilePart {
    /// Returns a file with this content; its default name is the name of its part.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self { name: None, media_type: None, content: content.into() }
    }

    /// Returns a file on disk, with its name. [`Upload::file`] describes how it is sent.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let content = Upload::file(path);
        Self { name: content.file_name(), media_type: None, content }
    }

    /// Returns a file whose content is a stream. [`Upload::stream`] describes how it is sent.
    pub fn stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Upload::stream(stream, length))
    }

    /// Sets the file name, without directories.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`. Default: the documented type, or `application/octet-stream`.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    pub(crate) fn into_parts(self) -> (Option<String>, Option<String>, Upload) {
        (self.name, self.media_type, self.content)
    }
}

macro_rules! from_content {
    ($($ty:ty),*) => {
        $(impl From<$ty> for FilePart {
            fn from(content: $ty) -> Self {
                Self::new(content)
            }
        })*
    };
}
from_content!(Upload, Bytes, Vec<u8>, String, &'static [u8], &'static str);

/// Prints only the size.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart").field("content", &self.content).finish_non_exhaustive()
    }
}

impl Checked for FilePart {}

/// The JSON form of a file, which the command uses.
#[derive(Deserialize, Serialize)]
struct Json {
    name: Option<String>,
    media_type: Option<String>,
    base64: String,
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { name, media_type, content } = self.clone();
        let Some(content) = content.bytes() else {
            return Err(serde::ser::Error::custom("the content of the file is not in memory"));
        };
        Json { name, media_type, base64: BASE64_STANDARD.encode(content) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Json { name, media_type, base64 } = Json::deserialize(deserializer)?;
        let content = BASE64_STANDARD.decode(base64).map_err(serde::de::Error::custom)?;
        Ok(Self { name, media_type, content: Upload::new(content) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_as_json() {
        let file = FilePart::new(&b"\0\xff"[..]).name("a").media_type("image/png");
        let json = serde_json::to_string(&file).unwrap();
        assert_eq!(json, r#"{"name":"a","media_type":"image/png","base64":"AP8="}"#);
        assert_eq!(serde_json::from_str::<FilePart>(&json).unwrap(), file);
        assert!(serde_json::from_str::<FilePart>(r#"{"base64":"?"}"#).is_err());
        assert_eq!(FilePart::from("ab"), FilePart::new("ab"));
        assert_eq!(format!("{file:?}"), "FilePart { content: Upload { bytes: 2, .. }, .. }");
    }
}
