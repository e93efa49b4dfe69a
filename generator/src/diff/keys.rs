//! Locates the keys of a TOML file.

use toml::de::{DeTable, DeValue};

use crate::config::line_column;
use crate::source::{Positions, join};

/// Returns the line and column of every key of a TOML file.
pub(super) fn positions(text: &str) -> Positions {
    let mut found = Positions::default();
    if let Ok(table) = DeTable::parse(text) {
        enter(text, "", table.get_ref(), &mut found);
    }
    found
}

fn enter(text: &str, pointer: &str, table: &DeTable<'_>, positions: &mut Positions) {
    for (key, value) in table {
        let pointer = join(pointer, key.get_ref());
        positions.insert(&pointer, line_column(text, key.span().start));
        if let DeValue::Table(table) = value.get_ref() {
            enter(text, &pointer, table, positions);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found() {
        let positions = positions("[a]\nb = 1\n\n[c.d]\ne = 2\n[[f]]\ng = 1\n");
        for (pointer, expected) in
            [("/a", (1, 2)), ("/a/b", (2, 1)), ("/c/d/e", (5, 1)), ("/f", (6, 3)), ("/x", (1, 1))]
        {
            assert_eq!(positions.nearest(pointer), expected, "{pointer}");
        }
    }
}
