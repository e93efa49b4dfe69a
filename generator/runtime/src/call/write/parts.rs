//! Encodes the properties of a multipart body as parts, each with a media type.

use super::Broken;
use crate::streaming::Upload;
use crate::values::file_part::FilePart;
use crate::values::multipart::{CONTENT_TYPE, Multipart, Part, is_media_type};
use crate::values::part::Content;
use crate::values::tree::Tree;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";
const BYTES: &str = "application/octet-stream";

/// The rule for an empty value, which would send nothing: a set value must differ from an unset one.
const NOTHING: Broken = "must not be empty, because it would not be sent";
const NULL: Broken = "must not be null, which a part cannot represent";

/// The documented name, media type and headers of a property's parts.
pub(crate) struct Parts<'a> {
    pub(crate) name: &'a str,
    /// The media type; or several media types and ranges, as alternatives.
    pub(crate) media_type: Option<&'a str>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Parts<'_> {
    /// Adds the parts of a value: one per file, and one per item of a list.
    pub(crate) fn add(&self, content: Content, body: &mut Multipart) -> Result<(), String> {
        match content {
            Content::Absent => Ok(()),
            Content::Null => Err(NULL.to_owned()),
            Content::Files(files) => self.add_each(files, body, Self::file),
            Content::Value { json, .. } if self.media_type.is_some_and(is_json) => {
                let media_type = self.media_type.unwrap_or(JSON);
                body.add(self.part(media_type, json.to_string()));
                Ok(())
            }
            Content::Value { json: Tree::List(json), plain: Tree::List(plain) } => {
                let items = json.into_iter().zip(plain).collect::<Vec<_>>();
                self.add_each(items, body, |parts, (json, plain)| parts.value(&json, plain))
            }
            Content::Value { json, plain } => {
                body.add(self.value(&json, plain)?);
                Ok(())
            }
        }
    }

    fn add_each<T>(
        &self,
        items: Vec<T>,
        body: &mut Multipart,
        part: impl Fn(&Self, T) -> Result<Part, String>,
    ) -> Result<(), String> {
        if items.is_empty() {
            return Err(NOTHING.to_owned());
        }
        for item in items {
            body.add(part(self, item)?);
        }
        Ok(())
    }

    /// Writes text, or JSON for an object or a list.
    fn value(&self, json: &Tree, plain: Tree) -> Result<Part, String> {
        let among = |wanted: &str| self.media_type.is_none_or(|listed| allows(listed, wanted));
        match json {
            Tree::Null => Err(NULL.to_owned()),
            Tree::Object(_) | Tree::List(_) => {
                let listed = self.candidates().find(|candidate| is_json(candidate));
                match listed.or(among(JSON).then_some(JSON)) {
                    Some(media_type) => Ok(self.part(media_type, json.to_string())),
                    None => Err(format!("must not be an object or list, which `{}` cannot represent", self.listed())),
                }
            }
            _ => {
                let concrete = || self.candidates().find(|candidate| !candidate.contains('*'));
                let media_type = if among(TEXT) { Some(TEXT) } else { concrete() };
                Ok(self.part(media_type.unwrap_or(TEXT), plain.into_text()))
            }
        }
    }

    fn file(&self, file: FilePart) -> Result<Part, String> {
        let (name, media_type, content) = file.into_parts();
        let media_type = match (media_type, self.media_type) {
            (Some(own), _) if !is_media_type(&own) => {
                return Err("must have a media type such as `image/png`".to_owned());
            }
            (Some(own), None) => own,
            (Some(own), Some(listed)) if allows(listed, &own) => own,
            (None, None) => BYTES.to_owned(),
            (None, Some(one)) if is_media_type(one) && !one.contains('*') => one.to_owned(),
            (None, Some(listed)) if allows(listed, BYTES) => BYTES.to_owned(),
            (_, Some(_)) => return Err(format!("must have a media type of `{}`", self.listed())),
        };
        let name = name.unwrap_or_else(|| self.name.to_owned());
        let part = self.part(&media_type, content);
        Ok(Part { file_name: Some(name), ..part })
    }

    fn part(&self, media_type: &str, content: impl Into<Upload>) -> Part {
        let content = content.into();
        let is_bare_text = media_type.starts_with("text/") && !media_type.contains(';');
        // Without a charset, text is ASCII (RFC 2046, section 4.1.2).
        let charset =
            if is_bare_text && content.bytes().is_some_and(|bytes| !bytes.is_ascii()) { "; charset=utf-8" } else { "" };
        let mut headers = vec![(CONTENT_TYPE.to_owned(), format!("{media_type}{charset}"))];
        headers.extend_from_slice(&self.headers);
        Part { name: self.name.to_owned(), file_name: None, headers, content }
    }

    fn candidates(&self) -> impl Iterator<Item = &str> {
        self.listed().split(',').map(str::trim).filter(|candidate| !candidate.is_empty())
    }

    fn listed(&self) -> &str {
        self.media_type.unwrap_or_default()
    }
}

/// Whether this is a single JSON media type.
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    !media_type.contains(',') && (essence == JSON || essence.ends_with("+json"))
}

/// Whether a list of media types and ranges includes a media type.
fn allows(listed: &str, media_type: &str) -> bool {
    let wanted = essence(media_type);
    listed.split(',').map(essence).any(|range| match range.strip_suffix('*') {
        Some("*/") => true,
        Some(kind) => wanted.starts_with(kind),
        None => range == wanted,
    })
}

/// Returns the media type without parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
