//! Anchors of headings, as rustdoc names them.

use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Headings {
    count: BTreeMap<String, usize>,
}

impl Headings {
    /// Returns the anchor of the next heading; equal headings get a number.
    pub(super) fn name(&mut self, text: &str) -> String {
        let name = text.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
            _ => None,
        });
        let name: String = name.collect();
        let count = self.count.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}-{}", *count - 1) }
    }
}
