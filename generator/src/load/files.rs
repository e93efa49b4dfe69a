//! Joins a document in several files: every other file becomes a part of the document, and references to it lead
//! there.

use std::collections::BTreeSet;
use std::iter;

use percent_encoding::percent_decode_str;
use serde_yaml::{Mapping, Value as Yaml};

use super::anchors::Anchors;
use super::{overlays, read};
use crate::document::FILES;
use crate::input::Input;
use crate::source::{Source, Unlocated, join as join_pointer};

/// The endings of files that are part of a document; other files, such as Markdown, are text.
const DOCUMENTS: [&str; 3] = [".yaml", ".yml", ".json"];

/// Returns the document with its overlays applied, and its other files below [`FILES`].
pub(super) fn join(input: &Input) -> Result<Yaml, Vec<Unlocated>> {
    let Input { spec, files, overlays, .. } = input;
    let mut document = read(spec)?;
    overlays::apply(&mut document, spec, overlays)?;
    let has_anchors = iter::once(spec).chain(files).chain(overlays).any(|file| Anchors::may_be_in(&file.text));
    if files.is_empty() && !has_anchors {
        return Ok(document);
    }
    let (mut parts, mut unreadable) = (Mapping::new(), Vec::new());
    for file in files {
        let part = if is_document(&file.name) { read(file) } else { Ok(Yaml::from(file.text.as_str())) };
        match part {
            Ok(part) => {
                parts.insert(file.name.as_str().into(), part);
            }
            Err(diagnostics) => unreadable.extend(diagnostics),
        }
    }
    if !unreadable.is_empty() {
        return Err(unreadable);
    }
    let mut names = Names { root: spec.file_name(), files, anchors: Anchors::default() };
    if has_anchors {
        names.anchors.add("", &document);
        parts.iter().for_each(|(name, part)| names.anchors.add(name.as_str().unwrap_or_default(), part));
    }
    for (name, part) in &mut parts {
        names.rewrite(part, name.as_str().unwrap_or_default());
    }
    names.rewrite(&mut document, "");
    if files.is_empty() {
        return Ok(document);
    }
    if let Yaml::Mapping(entries) = &mut document {
        entries.insert(FILES.into(), Yaml::Mapping(parts));
    }
    Ok(document)
}

/// Returns the names of the files that a file refers to, relative to the directory of the document. `name` is the
/// name of the file itself, and empty for the document.
pub(crate) fn referred(source: &Source, name: &str) -> BTreeSet<String> {
    // Most documents are one file, and need not be read for that.
    if !source.text.contains("$ref") || !may_refer(&source.text) {
        return BTreeSet::new();
    }
    let mut found = BTreeSet::new();
    if let Ok(document) = read(source) {
        collect(&document, name, &mut found);
    }
    found
}

/// Whether any reference may lead to another file.
fn may_refer(text: &str) -> bool {
    text.split("$ref").skip(1).any(|rest| {
        let target = rest.trim_start_matches(['"', '\'', ':', ' ', '\t', '\n', '\r']);
        !target.starts_with('#')
    })
}

fn collect(value: &Yaml, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Yaml::Mapping(entries) => {
            if let Some(target) = entries.get("$ref").and_then(Yaml::as_str) {
                found.extend(file_of(target, name));
            }
            entries.values().for_each(|child| collect(child, name, found));
        }
        Yaml::Sequence(items) => items.iter().for_each(|item| collect(item, name, found)),
        _ => {}
    }
}

/// Returns the file of a reference in the file `from`, relative to the directory of the document; `None` for a
/// reference inside a file, or a URL.
pub(crate) fn file_of(target: &str, from: &str) -> Option<String> {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() || path.contains("://") || path.starts_with("urn:") {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let directory = from.rsplit_once('/').map_or("", |(directory, _)| directory);
    Some(normal(&format!("{directory}/{path}")))
}

/// `a/./b/../c.yaml` → `a/c.yaml`
fn normal(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn is_document(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    DOCUMENTS.iter().any(|ending| name.ends_with(ending))
}

/// The files of a document.
struct Names<'a> {
    /// The name of the document itself.
    root: &'a str,
    files: &'a [Source],
    anchors: Anchors,
}

impl Names<'_> {
    /// Rewrites the references in a file to references inside the joined document.
    fn rewrite(&self, value: &mut Yaml, from: &str) {
        match value {
            Yaml::Mapping(entries) => {
                let target = entries.get("$ref").and_then(Yaml::as_str).map(|target| self.target(target, from));
                match target {
                    Some(Some(Target::Text(text))) if entries.len() == 1 => {
                        *value = text.into();
                        return;
                    }
                    Some(Some(Target::Part(reference))) => {
                        entries.insert("$ref".into(), reference.into());
                    }
                    _ => {}
                }
                let mapping = entries.get_mut("discriminator").and_then(|it| it.get_mut("mapping"));
                for target in mapping.and_then(Yaml::as_mapping_mut).into_iter().flat_map(Mapping::values_mut) {
                    let text = target.as_str().filter(|text| text.contains('#') || is_document(text));
                    if let Some(Target::Part(reference)) = text.and_then(|text| self.target(text, from)) {
                        *target = reference.into();
                    }
                }
                entries.values_mut().for_each(|child| self.rewrite(child, from));
            }
            Yaml::Sequence(items) => items.iter_mut().for_each(|item| self.rewrite(item, from)),
            _ => {}
        }
    }

    /// Returns what a reference in a file leads to; `None` if that is not one of the files.
    fn target(&self, target: &str, from: &str) -> Option<Target> {
        let (base, fragment) = target.split_once('#').unwrap_or((target, ""));
        if let Some((file, pointer)) = self.anchors.of_id(base) {
            let below = format!("{pointer}{fragment}");
            let pointer = if fragment.is_empty() || fragment.starts_with('/') {
                &below
            } else {
                self.anchors.of_anchor(file, fragment)?
            };
            return Some(Target::Part(format!("#{}{pointer}", joined(file))));
        }
        let file = file_of(target, from);
        let name = match &file {
            Some(file) if file == self.root => "",
            Some(file) => file,
            None if target.starts_with('#') => from,
            None => return None,
        };
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        let fragment = if is_pointer { fragment } else { self.anchors.of_anchor(name, fragment)? };
        if name.is_empty() {
            return Some(Target::Part(format!("#{fragment}")));
        }
        let file = self.files.iter().find(|known| known.name == name)?;
        if !is_document(name) {
            return Some(Target::Text(file.text.clone()));
        }
        Some(Target::Part(format!("#{}{fragment}", joined(name))))
    }
}

/// Returns the pointer of a file in the joined document; the main file is "".
fn joined(name: &str) -> String {
    if name.is_empty() { String::new() } else { join_pointer(&join_pointer("", FILES), name) }
}

enum Target {
    /// A reference inside the joined document.
    Part(String),
    /// The text of a file.
    Text(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_references() {
        let rows = [
            ("#/a", "x.yaml", None),
            ("https://example.com/a.yaml#/b", "", None),
            ("a.yaml", "", Some("a.yaml")),
            ("./a.yaml#/b", "", Some("a.yaml")),
            ("../a.yaml", "b/c.yaml", Some("a.yaml")),
            ("d/a%20b.yaml#/x", "b/c.yaml", Some("b/d/a b.yaml")),
            ("../../a.yaml", "b/c.yaml", Some("../a.yaml")),
            (r"b\a.yaml", "", Some("b/a.yaml")),
        ];
        for (target, from, expected) in rows {
            assert_eq!(file_of(target, from).as_deref(), expected, "{target} in {from}");
        }
    }

    #[test]
    fn a_document_of_one_file_is_not_read() {
        let names = |text: &str| referred(&Source::new("a.yaml", text), "").into_iter().collect::<Vec<_>>();
        assert!(!may_refer("a: {$ref: '#/b'}\nc:\n  $ref: \"#/b\"") && names("{$ref: '#/b'}").is_empty());
        assert_eq!(
            names("{a: {$ref: 'b.yaml#/c'}, d: [{$ref: e.json}], f: {$ref: 'http://g/h.yaml'}}"),
            ["b.yaml", "e.json"]
        );
    }
}
