//! Writes changes as a section of a changelog.

use std::fmt::Write;

use super::change::Verdict;
use super::changes::Changes;

impl Changes {
    /// Returns a section for users: breaking changes, additions and editorial changes.
    pub fn markdown(&self, current_version: Option<&str>) -> String {
        let mut text = format!("### The API\n{}.\n", self.summary(current_version));
        for (verdict, title) in
            [(Verdict::Breaking, "Breaking"), (Verdict::Additive, "New"), (Verdict::Editorial, "Other")]
        {
            if self.of(verdict).next().is_none() {
                continue;
            }
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n#### {title}\n");
            for change in self.of(verdict) {
                let _ = writeln!(text, "- {change}.");
            }
        }
        text
    }
}
