//! Findings: what is wrong, where, and what to do about it.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::code::Code;

/// Something in the input that stops the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do about it.
    pub help: String,
}

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The name of the file, as it was handed in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of the line.
    pub source_line: String,
    /// The JSON pointer of the value, empty for the whole document; `None` where the text is no document at all.
    pub pointer: Option<String>,
}

impl Diagnostic {
    /// The finding as text for people, with escape sequences for colours.
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let Place { file, line, column, source_line, pointer } = &self.place;
        let start = source_line.char_indices().nth(column - 1).map_or(source_line.len(), |(at, _)| at);
        let end = start + source_line[start..].trim_end().len().max(1);
        let snippet = Snippet::source(source_line.as_str())
            .path(file.as_str())
            .line_start(*line)
            .annotation(AnnotationKind::Primary.span(start..end.min(source_line.len().max(start))));
        let mut group =
            Group::with_title(Level::ERROR.primary_title(self.message.as_str()).id(self.code.name())).element(snippet);
        // The whole document needs no pointer.
        if let Some(pointer) = pointer.as_ref().filter(|pointer| !pointer.is_empty()) {
            group = group.element(Level::NOTE.message(format!("at #{pointer}")));
        }
        renderer.render(&[group.element(Level::HELP.message(self.help.as_str()))])
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}
