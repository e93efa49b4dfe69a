//! Diagnostics: the problem, its place and the fix, rendered as text.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::code::Code;

/// A problem in the input. It stops the generator, unless it is a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// The problem.
    pub message: String,
    /// The place of the problem.
    pub place: Place,
    /// The fix.
    pub help: String,
    /// Whether the problem stops nothing, because the generator leaves out what it concerns.
    is_tolerated: bool,
}

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The name of the file, as passed by the caller.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of the line. A long line is cut around the column, with `…` at the cuts.
    pub source_line: String,
    /// The JSON pointer of the value, empty for the whole document; `None` if the text is not a document.
    pub pointer: Option<String>,
    /// The marked bytes of `source_line`.
    mark: Range<usize>,
}

/// The maximum length of a line that is displayed whole, in characters: a document may be a single line.
const LONGEST_LINE: usize = 200;
/// The characters displayed before and after the column of a longer line.
const AROUND: [usize; 2] = [40, 80];

impl Place {
    /// Returns the place of a column in a line with this text.
    pub(crate) fn new(file: String, line: usize, text: &str, column: usize, pointer: Option<String>) -> Self {
        let is_long = text.chars().nth(LONGEST_LINE).is_some();
        let [before, after] = if is_long { AROUND } else { [LONGEST_LINE; 2] };
        let cut = (column - 1).saturating_sub(before);
        let mut rest = text.chars().skip(cut);
        let mut source_line = if cut > 0 { "…" } else { "" }.to_owned();
        source_line.extend(rest.by_ref().take(column - 1 - cut));
        let start = source_line.len();
        source_line.extend(rest.by_ref().take(after));
        let end = start + source_line[start..].trim_end().len();
        source_line.extend(rest.next().map(|_| '…'));
        Self { file, line, column, source_line, pointer, mark: start..end }
    }
}

impl Diagnostic {
    pub(crate) fn new(code: Code, message: String, place: Place, help: String) -> Self {
        Self { code, message, place, help, is_tolerated: false }
    }

    pub(crate) fn tolerated(self) -> Self {
        Self { is_tolerated: true, ..self }
    }

    /// Whether the problem does not stop the generator.
    pub fn is_warning(&self) -> bool {
        self.is_tolerated || self.code.is_warning()
    }

    /// Returns the diagnostic as text, with escape sequences for colours.
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let Place { file, line, column, source_line, pointer, mark } = &self.place;
        let (message, help) = (printable(&self.message), printable(&self.help));
        let level = if self.is_warning() { Level::WARNING } else { Level::ERROR };
        let mut group = Group::with_title(level.primary_title(message).id(self.code.name()));
        let mut snippet = Snippet::source(source_line.as_str())
            .line_start(*line)
            .annotation(AnnotationKind::Primary.span(mark.clone()));
        // The renderer computes the column from the displayed text, unless the column is set.
        if source_line[..mark.start].chars().count() + 1 == *column {
            snippet = snippet.path(printable(file));
        } else {
            group = group.element(Origin::path(printable(file)).line(*line).char_column(*column));
        }
        group = group.element(snippet);
        // The whole document needs no pointer.
        if let Some(pointer) = pointer.as_ref().filter(|pointer| !pointer.is_empty()) {
            group = group.element(Level::NOTE.message(format!("at #{}", printable(pointer))));
        }
        renderer.render(&[group.element(Level::HELP.message(help))])
    }
}

/// Escapes control characters, which a terminal would interpret.
fn printable(text: &str) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escaped).collect()
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}
