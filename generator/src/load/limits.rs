//! Limits the depth of a document and the expansion of its aliases.
//!
//! The reader takes time quadratic in the depth, and memory for every expanded alias, before it reports anything. So
//! this check scans the document first, and stops at the limits.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

use super::syntax;
use crate::code::Code;
use crate::escapes::without_halves;
use crate::source::{Source, Unlocated};

/// The maximum depth: more than any known API has, and safe for every recursive walk.
const DEEPEST: usize = 100;
/// The maximum number of values, several times those of a 10 MB document.
const MOST_VALUES: usize = 4_000_000;
/// The parser's own error for deep documents.
const PARSER_IS_DEEP: &str = "recursion limit exceeded";

/// Returns an error where the document exceeds a limit, and passes all events to `watch`.
pub(super) fn check(source: &Source, watch: &mut dyn FnMut(&Event<'_>, Marker)) -> Result<(), Unlocated> {
    let mut size = Size::default();
    for event in Parser::new_from_str(&without_halves(&source.text)) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) if error.info() == PARSER_IS_DEEP => return Err(too_deep(source, *error.marker())),
            Err(error) => {
                return Err(syntax::diagnostic(source, error.info(), error.marker().line(), error.marker().col() + 1));
            }
        };
        size.add(&event);
        watch(&event, span.start);
        if size.open.len() > DEEPEST {
            return Err(too_deep(source, span.start));
        }
        if size.values > MOST_VALUES {
            return Err(diagnostic(
                source,
                span.start,
                format!("the document exceeds {MOST_VALUES} values here, with aliases expanded"),
                "move shared parts to components and refer to them, or split the document",
            ));
        }
    }
    Ok(())
}

fn too_deep(source: &Source, at: Marker) -> Unlocated {
    let message = format!("the document is nested more than {DEEPEST} levels deep");
    diagnostic(source, at, message, "move inner parts to components and refer to them")
}

fn diagnostic(source: &Source, at: Marker, message: String, help: &str) -> Unlocated {
    Unlocated { code: Code::Size, message, at: source.at_line(at.line(), at.col() + 1), help: help.to_owned() }
}

/// The size of the document so far.
#[derive(Default)]
struct Size {
    values: usize,
    /// The open lists and mappings: the anchor, and the number of values before it.
    open: Vec<(usize, usize)>,
    /// The number of values behind each anchor.
    anchors: HashMap<usize, usize>,
}

impl Size {
    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Alias(anchor) => {
                let aliased = self.anchors.get(anchor).copied().unwrap_or(1);
                self.values = self.values.saturating_add(aliased);
            }
            Event::Scalar(..) => self.values += 1,
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                self.open.push((*anchor, self.values));
                self.values += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, before)) = self.open.pop() {
                    self.anchors.insert(anchor, self.values - before);
                }
            }
            _ => {}
        }
    }
}
