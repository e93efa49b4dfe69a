//! The few styles that all commands share.

use anstyle::{AnsiColor, Style};

/// Something wrong, or removed.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something right, or added.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const TITLE: Style = Style::new().bold();
pub(super) const ASIDE: Style = Style::new().dimmed();
