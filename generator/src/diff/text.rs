//! Writes changes as text for a terminal.

use std::fmt::Write;

use super::change::Verdict;
use super::changes::Changes;

impl Changes {
    /// Returns all changes by verdict, with places, and the next version.
    pub fn text(&self, current_version: Option<&str>) -> String {
        let mut text = String::new();
        for verdict in Verdict::ALL.into_iter().filter(|verdict| self.of(*verdict).next().is_some()) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{verdict}:");
            for change in self.of(verdict) {
                let _ = writeln!(text, "  {change}");
                let _ = writeln!(text, "    {}:{} [{}]", change.place.file, change.place.line, change.code);
            }
            text.push('\n');
        }
        text + &self.summary(current_version) + "\n"
    }

    /// Returns the breaking changes, the counts and the next version.
    pub fn short_text(&self, current_version: Option<&str>) -> String {
        let breaking = self.of(Verdict::Breaking).map(|change| format!("breaking: {change}"));
        breaking.chain([self.summary(current_version), String::new()]).collect::<Vec<_>>().join("\n")
    }

    /// Returns the counts and the next version in one line.
    pub fn summary(&self, current_version: Option<&str>) -> String {
        let counts = Verdict::ALL.map(|verdict| format!("{} {verdict}", self.of(verdict).count())).join(", ");
        let total = self.iter().count();
        let noun = if total == 1 { "change" } else { "changes" };
        let version = current_version.and_then(|current| Some((current, self.next_version(current)?)));
        let version = version.map(|(current, next)| format!("; {current} → {next}")).unwrap_or_default();
        format!("{total} {noun} for users of the crate: {counts}{version}")
    }
}
