//! The text styles shared by all commands.

use anstyle::{AnsiColor, Style};

/// For errors and removals.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// For successes and additions.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const TITLE: Style = Style::new().bold();
pub(super) const ASIDE: Style = Style::new().dimmed();
