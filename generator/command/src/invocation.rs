//! One run of the program: its command line and its options.

use clientsmith_runtime::api::Kind;

use crate::inputs::Usage;
use crate::options::Options;
use crate::output::{OutputFormat, Style, View, Zone};
use crate::surface::Surface;
use crate::terminal;

/// One run of the program.
pub(crate) struct Invocation {
    pub(crate) surface: &'static Surface,
    pub(crate) options: Options,
}

impl Invocation {
    /// Returns the view for responses of this type.
    pub(crate) fn view(&self, kind: Option<Kind>) -> Result<View, Usage> {
        View::new(self.style(), self.surface.spec, kind)
    }

    /// Returns the style of all output.
    pub(crate) fn style(&self) -> Style {
        Style {
            format: match self.options.output.as_deref() {
                Some("json") => OutputFormat::Json,
                Some("jsonl") => OutputFormat::Jsonl,
                Some("csv") => OutputFormat::Csv,
                _ => OutputFormat::Table,
            },
            zone: if self.options.time == "utc" { Zone::Utc } else { Zone::Local },
            width: terminal::width(),
            colour: terminal::has_colour(&self.options.colour),
            columns: self.options.columns.clone(),
        }
    }
}
