//! The few styles that all commands share.

use anstyle::{AnsiColor, Style};

/// What is wrong, or goes.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What is right, or comes.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const ASIDE: Style = Style::new().dimmed();
