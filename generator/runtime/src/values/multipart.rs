//! Bodies of several parts: texts and files.

use std::fmt;

use bytes::Bytes;

/// A body of several parts, for operations that take files.
#[derive(Clone, Default)]
#[must_use = "the parts are sent with a request"]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    /// The name of a file and its media type.
    file: Option<(String, String)>,
    value: Bytes,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parts.push(Part { name: name.into(), file: None, value: value.into().into() });
        self
    }

    /// Adds a file: the name of the part, that of the file, its media type, and what is in it.
    pub fn file(
        mut self,
        name: impl Into<String>,
        file_name: impl Into<String>,
        media_type: impl Into<String>,
        content: impl Into<Bytes>,
    ) -> Self {
        let file = Some((file_name.into(), media_type.into()));
        self.parts.push(Part { name: name.into(), file, value: content.into() });
        self
    }

    /// The media type, with what divides the parts, and the body.
    pub(crate) fn encode(&self) -> (String, Bytes) {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            body.extend_from_slice(&part.value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.into())
    }

    /// A line that is in none of the parts.
    fn boundary(&self) -> String {
        loop {
            let boundary = format!("{:032x}", fastrand::u128(..));
            let within = |part: &Part| part.value.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            if !self.parts.iter().any(within) {
                return boundary;
            }
        }
    }
}

impl Part {
    fn head(&self) -> String {
        let name = escaped(&self.name);
        match &self.file {
            None => format!("Content-Disposition: form-data; name=\"{name}\"\r\n"),
            Some((file, media_type)) => format!(
                "Content-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n",
                escaped(file),
                media_type.replace(['\r', '\n'], " "),
            ),
        }
    }
}

/// A name as browsers write it between quotes.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Shows how many parts there are, and nothing of them.
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
        assert_eq!(String::from_utf8(bytes.to_vec()).unwrap(), expected);
        assert_eq!(format!("{body:?}"), "Multipart { parts: 2, .. }");
    }
}
