//! Changes → a section of a changelog.

use std::fmt::Write;

use super::change::Verdict;
use super::changes::Changes;

impl Changes {
    /// A section for users: what breaks, what is new, what reads otherwise.
    pub fn markdown(&self, current_version: Option<&str>) -> String {
        let mut text = format!("### The API\n{}.\n", self.summary(current_version));
        for (verdict, title) in
            [(Verdict::Breaking, "Breaking"), (Verdict::Additive, "New"), (Verdict::Editorial, "Beside the code")]
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
