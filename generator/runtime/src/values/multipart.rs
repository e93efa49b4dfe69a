//! Multipart bodies: text and files.

use std::fmt::{self, Write};

use bytes::Bytes;

use crate::streaming::Upload;

/// The header with a part's media type.
pub(crate) const CONTENT_TYPE: &str = "Content-Type";

/// A multipart body, for operations whose parts are undocumented.
#[derive(Clone, Default)]
#[must_use = "the parts are sent with a request"]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    /// The media type and further headers, all valid.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Upload,
}

impl Multipart {
    /// Returns a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text part.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(Part { name: name.into(), file_name: None, headers: Vec::new(), content: Upload::new(value.into()) })
    }

    /// Adds a file: the part's name, and the file's name, media type and content.
    pub fn file(
        self,
        name: impl Into<String>,
        file_name: impl Into<String>,
        media_type: impl Into<String>,
        content: impl Into<Upload>,
    ) -> Self {
        let headers = vec![(CONTENT_TYPE.to_owned(), media_type.into())];
        self.with(Part { name: name.into(), file_name: Some(file_name.into()), headers, content: content.into() })
    }

    fn with(mut self, part: Part) -> Self {
        self.add(part);
        self
    }

    pub(crate) fn add(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// Lists the names of parts with an invalid media type.
    pub(crate) fn broken(&self) -> impl Iterator<Item = &str> {
        let is_broken =
            |part: &&Part| part.headers.iter().any(|(name, value)| name == CONTENT_TYPE && !is_media_type(value));
        self.parts.iter().filter(is_broken).map(|part| part.name.as_str())
    }

    /// Returns the media type, including the boundary, and the contents of the body: parts in memory are joined.
    pub(crate) fn encode(&self) -> (String, Vec<Upload>) {
        let boundary = self.boundary(|| fastrand::u128(..));
        let mut contents = Vec::new();
        let mut memory = Vec::new();
        for part in &self.parts {
            memory.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            match part.content.bytes() {
                Some(bytes) => memory.extend_from_slice(bytes),
                None => contents.extend([std::mem::take(&mut memory).into(), part.content.clone()]),
            }
            memory.extend_from_slice(b"\r\n");
        }
        memory.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        contents.push(memory.into());
        (format!("multipart/form-data; boundary={boundary}"), contents)
    }

    /// Returns a boundary that no part in memory contains, from one of these numbers.
    fn boundary(&self, mut random: impl FnMut() -> u128) -> String {
        loop {
            let boundary = format!("{:032x}", random());
            let has = |bytes: &Bytes| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            let within = |part: &Part| part.content.bytes().is_some_and(has);
            if !self.parts.iter().any(within) {
                return boundary;
            }
        }
    }
}

impl Part {
    /// The headers of the part (RFC 7578, section 4.2).
    fn head(&self) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(&self.name));
        if let Some(file) = &self.file_name {
            head.extend(["; filename=\"", &escaped(file), "\""]);
        }
        head.push_str("\r\n");
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head
    }
}

/// Escapes a name for a quoted string by the HTML standard: UTF-8, with escapes for quotes and line ends.
///
/// It also escapes other control characters. A backslash before another one or at the end is escaped, because some
/// servers would read it as an escape character.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if !matches!(characters.peek(), None | Some('\\')) => out.push('\\'),
            '"' | '\\' | '\0'..='\x08' | '\x0a'..='\x1f' | '\x7f' => {
                // Writing to a string does not fail.
                let _ = write!(out, "%{:02X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}

/// Whether a string is a media type, with or without parameters, that fits in a header (RFC 9110, section 8.3.1).
pub(crate) fn is_media_type(text: &str) -> bool {
    let is_token = |token: &str| {
        let is_character = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !token.is_empty() && token.bytes().all(is_character)
    };
    let essence = text.split(';').next().unwrap_or_default().trim();
    let has_both = essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    has_both && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Prints only the number of parts.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_what_divides_them() {
        let body = Multipart::new().text("a\"b", "x y").file("f", "n\n.txt", "text/plain", "hi");
        let (media_type, bytes) = body.encode();
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\nx y\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n%0A.txt\"\r\n\
             Content-Type: text/plain\r\n\r\nhi\r\n--{boundary}--\r\n"
        );
        assert_eq!(bytes, [Upload::from(expected)]);
        assert_eq!(format!("{body:?}"), "Multipart { parts: 2, .. }");
    }

    #[test]
    fn no_part_contains_the_boundary() {
        let body = Multipart::new().text("a", "00000000000000000000000000000001").text("b", "no boundary");
        let mut numbers = [1, 255].into_iter();
        assert_eq!(body.boundary(|| numbers.next().unwrap()), "000000000000000000000000000000ff");
        let boundaries = [(); 2].map(|()| Multipart::new().encode().0);
        assert_ne!(boundaries[0], boundaries[1]);
    }

    #[test]
    fn names_between_quotes() {
        for (name, expected) in [
            ("plain.txt", "plain.txt"),
            ("é😀 ;=%", "é😀 ;=%"),
            ("a\"; x=\"b", "a%22; x=%22b"),
            ("a\r\nX-Evil: 1\r\n\r\nb", "a%0D%0AX-Evil: 1%0D%0A%0D%0Ab"),
            ("\0\t\x08\x0b\x1f\x7f", "%00\t%08%0B%1F%7F"),
            (r"C:\dir\a.txt", r"C:\dir\a.txt"),
            (r"a\", "a%5C"),
            (r"a\\b", r"a%5C\b"),
            (r#"a\"b"#, r"a\%22b"),
        ] {
            assert_eq!(escaped(name), expected);
        }
    }

    #[test]
    fn media_types() {
        for good in ["image/png", "text/plain; charset=utf-8", "application/vnd.a+json;v=\"1\""] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["", "png", "/png", "image/", "image /png", "a/b\r\nX: 1", "a/b\n", "a/b; é", "a,b/c", "a/b/c"] {
            assert!(!is_media_type(bad), "{bad}");
        }
        let broken = Multipart::new().text("a", "b").file("f", "n", "x\r\ny", "").file("g", "n", "a/b", "");
        assert_eq!(broken.broken().collect::<Vec<_>>(), ["f"]);
    }
}
