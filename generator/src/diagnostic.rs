//! Findings: what is wrong, where, and what to do about it.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Something in the input that stops the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The name of the rule, such as `path-param`.
    pub code: &'static str,
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
    /// The text of the line; of a long line the part around the column.
    pub source_line: String,
    /// The column in that text.
    pub source_column: usize,
    /// The JSON pointer of the value, empty for the whole document; `None` where the text is no document at all.
    pub pointer: Option<String>,
}

impl Diagnostic {
    /// The finding as text for people.
    pub fn render(&self, renderer: &Renderer) -> String {
        let Place { file, line, column, source_line, source_column, pointer } = &self.place;
        let start = source_line.char_indices().nth(source_column - 1).map_or(source_line.len(), |(at, _)| at);
        let end = start + source_line[start..].trim_end().len().max(1);
        let snippet = Snippet::source(source_line.as_str())
            .line_start(*line)
            .annotation(AnnotationKind::Primary.span(start..end.min(source_line.len().max(start))));
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()).id(self.code));
        group = if column == source_column {
            group.element(snippet.path(file.as_str()))
        } else {
            // The snippet would count the column in what is left of its line.
            group.element(Origin::path(file.as_str()).line(*line).char_column(*column)).element(snippet)
        };
        if let Some(pointer) = pointer {
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
