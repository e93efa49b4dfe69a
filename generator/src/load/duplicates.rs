//! Finds keys that a mapping has twice.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker};

use crate::code::Code;
use crate::source::{Source, Unlocated};

/// Collects the duplicates from the parser's events.
#[derive(Default)]
pub(super) struct Duplicates {
    open: Vec<Open>,
    found: Vec<(String, usize, usize)>,
}

/// An open collection.
enum Open {
    /// A mapping with its keys so far, and whether a key comes next.
    Mapping(HashSet<String>, bool),
    Sequence,
}

impl Duplicates {
    pub(super) fn add(&mut self, event: &Event<'_>, at: Marker) {
        match event {
            Event::MappingStart(..) => self.open.push(Open::Mapping(HashSet::new(), true)),
            Event::SequenceStart(..) => self.open.push(Open::Sequence),
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.end_value();
            }
            Event::Scalar(text, ..) => match self.open.last_mut() {
                Some(Open::Mapping(keys, is_key @ true)) => {
                    *is_key = false;
                    // A mapping may merge several others.
                    if !keys.insert(text.to_string()) && text != "<<" {
                        self.found.push((text.to_string(), at.line(), at.col() + 1));
                    }
                }
                _ => self.end_value(),
            },
            Event::Alias(_) => self.end_value(),
            _ => {}
        }
    }

    fn end_value(&mut self) {
        if let Some(Open::Mapping(_, is_key)) = self.open.last_mut() {
            *is_key = true;
        }
    }

    /// Returns a diagnostic for each duplicate.
    pub(super) fn diagnostics(self, source: &Source) -> Vec<Unlocated> {
        let diagnostics = self.found.into_iter().map(|(key, line, column)| Unlocated {
            code: Code::Syntax,
            message: format!("the key `{key}` occurs twice"),
            at: source.at_line(line, column),
            help: "remove one of the two, or rename it".to_owned(),
        });
        diagnostics.collect()
    }
}
