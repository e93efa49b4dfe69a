//! Input files, and where in them a JSON pointer leads.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Place};

/// A named input text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name to use in findings, such as `spec/openapi.yaml`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A finding whose place is not looked up yet.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) at: At,
    pub(crate) help: String,
}

/// Where a finding is: in which file, and at which pointer or line.
#[derive(Clone, Debug)]
pub(crate) struct At {
    pub(crate) file: String,
    pub(crate) spot: Spot,
}

#[derive(Clone, Debug)]
pub(crate) enum Spot {
    Pointer(String),
    LineColumn(usize, usize),
}

impl Source {
    /// A text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    pub(crate) fn at(&self, pointer: impl Into<String>) -> At {
        At { file: self.name.clone(), spot: Spot::Pointer(pointer.into()) }
    }

    pub(crate) fn at_line(&self, line: usize, column: usize) -> At {
        At { file: self.name.clone(), spot: Spot::LineColumn(line, column) }
    }

    pub(crate) fn line(&self, number: usize) -> &str {
        self.text.lines().nth(number.saturating_sub(1)).unwrap_or_default()
    }
}

/// A JSON pointer with one more step.
pub(crate) fn join(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// Looks up the place of every finding, in the order of file, line and column.
pub(crate) fn locate(findings: Vec<Finding>, sources: &[&Source]) -> Vec<Diagnostic> {
    let mut maps: HashMap<String, Positions> = HashMap::new();
    let lines: HashMap<_, Vec<_>> =
        sources.iter().map(|source| (source.name.as_str(), source.text.lines().collect())).collect();
    let mut diagnostics: Vec<_> = findings
        .into_iter()
        .map(|Finding { code, message, at, help }| {
            let source = sources.iter().find(|source| source.name == at.file);
            let (line, column, pointer) = match at.spot {
                Spot::LineColumn(line, column) => (line.max(1), column.max(1), None),
                Spot::Pointer(pointer) => {
                    let map = maps
                        .entry(at.file.clone())
                        .or_insert_with(|| source.map(|source| Positions::of(&source.text)).unwrap_or_default());
                    let (line, column) = map.nearest(&pointer);
                    (line, column, Some(pointer))
                }
            };
            let text = lines.get(at.file.as_str()).and_then(|lines| lines.get(line - 1)).copied().unwrap_or_default();
            Diagnostic { code, message, place: Place::new(at.file, line, text, column, pointer), help }
        })
        .collect();
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
    diagnostics
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, usize, Code, &str) {
    let Place { file, line, column, .. } = &diagnostic.place;
    (file, *line, *column, diagnostic.code, &diagnostic.message)
}

/// The line and column of every value of a text, by JSON pointer; of a mapping's entry it is that of its key.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    by_pointer: HashMap<String, (usize, usize)>,
}

impl Positions {
    /// Those of a YAML or JSON text.
    pub(crate) fn of(text: &str) -> Self {
        let mut walk = Walk { positions: HashMap::new(), open: Vec::new() };
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            walk.step(&event, span.start);
        }
        Self { by_pointer: walk.positions }
    }

    pub(crate) fn insert(&mut self, pointer: String, position: (usize, usize)) {
        self.by_pointer.insert(pointer, position);
    }

    /// The position of a pointer, or of the closest parent that is written down.
    pub(crate) fn nearest(&self, pointer: &str) -> (usize, usize) {
        let mut pointer = pointer;
        loop {
            if let Some(position) = self.by_pointer.get(pointer) {
                return *position;
            }
            match pointer.rfind('/') {
                Some(cut) => pointer = &pointer[..cut],
                None => return (1, 1),
            }
        }
    }
}

struct Walk {
    positions: HashMap<String, (usize, usize)>,
    open: Vec<Open>,
}

/// A collection being walked.
enum Open {
    Mapping { pointer: String, key: Option<String> },
    Sequence { pointer: String, next: usize },
}

impl Walk {
    fn step(&mut self, event: &Event<'_>, at: Marker) {
        match event {
            Event::MappingStart(..) => {
                let pointer = self.enter(at);
                self.open.push(Open::Mapping { pointer, key: None });
            }
            Event::SequenceStart(..) => {
                let pointer = self.enter(at);
                self.open.push(Open::Sequence { pointer, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
            }
            Event::Scalar(text, ..) => match self.open.last_mut() {
                Some(Open::Mapping { pointer, key: key @ None }) => {
                    self.positions.insert(join(pointer, text), position(at));
                    *key = Some(text.to_string());
                }
                _ => {
                    self.enter(at);
                }
            },
            Event::Alias(_) => {
                self.enter(at);
            }
            _ => {}
        }
    }

    /// The pointer of the value that begins here.
    fn enter(&mut self, at: Marker) -> String {
        let pointer = match self.open.last_mut() {
            None => String::new(),
            Some(Open::Mapping { pointer, key }) => join(pointer, &key.take().unwrap_or_default()),
            Some(Open::Sequence { pointer, next }) => {
                let step = join(pointer, &next.to_string());
                *next += 1;
                step
            }
        };
        self.positions.entry(pointer.clone()).or_insert_with(|| position(at));
        pointer
    }
}

fn position(at: Marker) -> (usize, usize) {
    (at.line(), at.col() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, pointer: &str, expected: (usize, usize)) {
        assert_eq!(Positions::of(text).nearest(pointer), expected, "{pointer}");
    }

    #[test]
    fn pointers_lead_to_keys_and_items() {
        let yaml = "# note\na:\n  b/c: 1\n  d:\n    - x\n    - {e: 2}\nf: &f [1]\ng: *f\n";
        check(yaml, "", (2, 1));
        check(yaml, "/a/b~1c", (3, 3));
        check(yaml, "/a/d/0", (5, 7));
        check(yaml, "/a/d/1/e", (6, 8));
        check(yaml, "/g", (8, 1));
        check(yaml, "/a/d/1/missing/deeper", (6, 7));
        check("{\"a\": {\n \"b\": [true]}}", "/a/b/0", (2, 8));
        check("a: [", "/a/0/x", (1, 1));
    }
}
