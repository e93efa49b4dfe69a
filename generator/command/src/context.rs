//! What every command works with.

use std::io::{self, IsTerminal, Write};

use super::inputs::Usage;
use super::options::Options;
use super::output::{Format, Style, Times, View};
use super::surface::Surface;
use clientsmith_runtime::api::Kind;

/// The program's surroundings.
pub(crate) struct Context {
    pub(crate) surface: &'static Surface,
    pub(crate) options: Options,
}

impl Context {
    /// How answers with values of this type are printed.
    pub(crate) fn view(&self, kind: Option<Kind>) -> Result<View, Usage> {
        View::new(self.style(), self.surface.mock, kind)
    }

    /// How anything is printed.
    pub(crate) fn style(&self) -> Style {
        Style {
            format: match self.options.output.as_deref() {
                Some("json") => Format::Json,
                Some("jsonl") => Format::Jsonl,
                Some("csv") => Format::Csv,
                _ => Format::Table,
            },
            times: if self.options.time == "utc" { Times::Utc } else { Times::Local },
            width: width(),
            colour: self.is_colourful(),
            columns: self.options.columns.clone(),
        }
    }

    /// Whether standard output may have colour.
    pub(crate) fn is_colourful(&self) -> bool {
        match self.options.colour.as_str() {
            "always" => true,
            "never" => false,
            _ => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// Standard output.
pub(crate) fn out() -> impl Write {
    io::BufWriter::new(io::stdout())
}

/// How many columns the terminal has, if the output is one.
fn width() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(width.into()).filter(|width| *width > 0)
}
