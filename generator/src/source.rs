//! Locates JSON pointers in input files.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

use crate::brackets::indented;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Place};
use crate::escapes::without_halves;

/// A named input file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name to use in diagnostics, such as `spec/openapi.yaml`.
    pub name: String,
    /// The contents.
    pub text: String,
}

/// Begins the file of places in overlays, whose names are not relative to the document.
const OVERLAY: &str = "overlay:";

/// A diagnostic without a line and column.
#[derive(Clone, Debug)]
pub(crate) struct Unlocated {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) at: At,
    pub(crate) help: String,
}

/// The place of a diagnostic: a file, and a pointer or a line in it.
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
    /// Creates a source from a name and its contents.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Returns a place in this file, or in another file of the document: `file#pointer`.
    pub(crate) fn at(&self, place: impl Into<String>) -> At {
        let place: String = place.into();
        match place.split_once('#').filter(|(file, _)| !file.is_empty() && !place.starts_with('/')) {
            Some((file, pointer)) => {
                let file = file.strip_prefix(OVERLAY).map_or_else(|| self.beside(file), str::to_owned);
                At { file, spot: Spot::Pointer(pointer.to_owned()) }
            }
            None => At { file: self.name.clone(), spot: Spot::Pointer(place) },
        }
    }

    /// Returns the place in a document of which this is the main file; `None` for a line, or another file.
    pub(crate) fn place(&self, at: &At) -> Option<String> {
        let Spot::Pointer(pointer) = &at.spot else { return None };
        if at.file == self.name {
            return Some(pointer.clone());
        }
        let directory = self.name.rsplit_once('/').map_or("", |(directory, _)| directory);
        let name = at.file.strip_prefix(directory)?.trim_start_matches('/');
        Some(format!("{name}#{pointer}"))
    }

    /// Returns the file of places in this overlay.
    pub(crate) fn as_place(&self) -> String {
        format!("{OVERLAY}{}", self.name)
    }

    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Returns the name of a file relative to the directory of this file.
    pub(crate) fn beside(&self, name: &str) -> String {
        match self.name.rsplit_once('/') {
            Some((directory, _)) => format!("{directory}/{name}"),
            None => name.to_owned(),
        }
    }

    pub(crate) fn at_line(&self, line: usize, column: usize) -> At {
        At { file: self.name.clone(), spot: Spot::LineColumn(line, column) }
    }
}

pub(crate) struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self(text.lines().collect())
    }

    /// Returns the line with this number, from 1.
    pub(crate) fn get(&self, number: usize) -> &'a str {
        self.0.get(number.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// Appends a step to a JSON pointer.
pub(crate) fn join(pointer: &str, step: &str) -> String {
    let mut pointer = pointer.to_owned();
    push_step(&mut pointer, step);
    pointer
}

fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    for c in step.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The path of a walk through a document; the pointer is only built on demand.
#[derive(Clone, Copy)]
pub(crate) enum Trail<'a> {
    Root,
    Key(&'a Trail<'a>, &'a str),
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    pub(crate) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(outer, key) => join(&outer.pointer(), key),
            Self::Index(outer, index) => format!("{}/{index}", outer.pointer()),
        }
    }
}

/// Looks up the place of every diagnostic, and sorts by file, line and column.
pub(crate) fn locate(diagnostics: Vec<Unlocated>, sources: &[&Source]) -> Vec<Diagnostic> {
    let mut maps: HashMap<String, Positions> = HashMap::new();
    let lines: HashMap<_, _> = sources.iter().map(|source| (source.name.as_str(), Lines::of(&source.text))).collect();
    let mut diagnostics: Vec<_> = diagnostics
        .into_iter()
        .map(|Unlocated { code, message, at, help }| {
            let (line, column, pointer) = match at.spot {
                Spot::LineColumn(line, column) => (line.max(1), column.max(1), None),
                Spot::Pointer(pointer) => {
                    let map = maps.entry(at.file.clone()).or_insert_with(|| of_file(sources, &at.file));
                    let (line, column) = map.nearest(&pointer);
                    (line, column, Some(pointer))
                }
            };
            let text = lines.get(at.file.as_str()).map_or("", |lines| lines.get(line));
            Diagnostic::new(code, message, Place::new(at.file, line, text, column, pointer), help)
        })
        .collect();
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
    diagnostics
}

fn of_file(sources: &[&Source], name: &str) -> Positions {
    let source = sources.iter().find(|source| source.name == name);
    source.map(|source| Positions::of(&source.text)).unwrap_or_default()
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, usize, Code, &str) {
    let Place { file, line, column, .. } = &diagnostic.place;
    (file, *line, *column, diagnostic.code, &diagnostic.message)
}

/// The line and column of every value of a file, by JSON pointer; an entry of a mapping is located at its key.
#[derive(Debug)]
pub(crate) struct Positions {
    /// Maps a value and a step to the next value.
    steps: HashMap<(usize, String), usize>,
    values: Vec<Option<(usize, usize)>>,
}

/// The index of the whole document.
const ROOT: usize = 0;

impl Default for Positions {
    fn default() -> Self {
        Self { steps: HashMap::new(), values: vec![None] }
    }
}

impl Positions {
    /// Returns the positions in a YAML or JSON file.
    pub(crate) fn of(text: &str) -> Self {
        let text = without_halves(text);
        Self::try_of(&text).or_else(|_| Self::try_of(&indented(&text))).unwrap_or_else(|positions| positions)
    }

    /// Returns the positions up to the first syntax error.
    fn try_of(text: &str) -> Result<Self, Self> {
        let mut walk = Walk { positions: Self::default(), open: Vec::new() };
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { return Err(walk.positions) };
            walk.step(&event, span.start);
        }
        Ok(walk.positions)
    }

    pub(crate) fn insert(&mut self, pointer: &str, position: (usize, usize)) {
        let value = steps(pointer).fold(ROOT, |value, step| self.below(value, step));
        self.values[value] = Some(position);
    }

    /// Returns the position of a pointer, or of its closest known parent.
    pub(crate) fn nearest(&self, pointer: &str) -> (usize, usize) {
        let (mut value, mut nearest) = (ROOT, self.values[ROOT]);
        for step in steps(pointer) {
            let Some(next) = self.steps.get(&(value, step)) else { break };
            value = *next;
            nearest = self.values[value].or(nearest);
        }
        nearest.unwrap_or((1, 1))
    }

    /// Returns the value one step below.
    fn below(&mut self, value: usize, step: String) -> usize {
        let next = *self.steps.entry((value, step)).or_insert(self.values.len());
        if next == self.values.len() {
            self.values.push(None);
        }
        next
    }
}

/// Returns the steps of a JSON pointer.
pub(crate) fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

struct Walk {
    positions: Positions,
    open: Vec<Open>,
}

/// An open collection of the walk.
enum Open {
    Mapping { value: usize, key: Option<String> },
    Sequence { value: usize, next: usize },
}

impl Walk {
    fn step(&mut self, event: &Event<'_>, at: Marker) {
        match event {
            Event::MappingStart(..) => {
                let value = self.enter(at);
                self.open.push(Open::Mapping { value, key: None });
            }
            Event::SequenceStart(..) => {
                let value = self.enter(at);
                self.open.push(Open::Sequence { value, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
            }
            Event::Scalar(text, ..) => match self.open.last_mut() {
                Some(Open::Mapping { value, key: key @ None }) => {
                    *key = Some(text.to_string());
                    let entry = self.positions.below(*value, text.to_string());
                    self.positions.values[entry] = Some(position(at));
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

    /// Records the position of the value that begins here.
    fn enter(&mut self, at: Marker) -> usize {
        let value = match self.open.last_mut() {
            None => ROOT,
            Some(Open::Mapping { value, key }) => self.positions.below(*value, key.take().unwrap_or_default()),
            Some(Open::Sequence { value, next }) => {
                let step = next.to_string();
                *next += 1;
                self.positions.below(*value, step)
            }
        };
        self.positions.values[value].get_or_insert(position(at));
        value
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
        check("{\"a\": \"\\ud83d\\ude00\", \"b\": 1}", "/b", (1, 23));
        check("a: [", "/a/0/x", (1, 1));
    }
}
