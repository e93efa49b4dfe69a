//! The width of text on a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns the width in terminal columns; East Asian characters and most emoji take two.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Truncates text to a width, with `…` at the end.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(1);
    let kept = text.chars().take_while(|character| {
        let width = character.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}

/// Pads text with spaces.
pub(crate) fn pad(text: &str, room: usize, right: bool) -> String {
    let spaces = " ".repeat(room.saturating_sub(width(text)));
    if right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_two_columns() {
        for (text, room, expected) in [
            ("Grace", 5, "Grace"),
            ("Grace H", 5, "Grac…"),
            ("漢字かな", 8, "漢字かな"),
            ("漢字かな", 7, "漢字か…"),
            ("漢字かな", 6, "漢字…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("ab", 0, "…"),
            ("", 0, ""),
        ] {
            assert_eq!(cut(text, room), expected, "{text} in {room}");
        }
        assert_eq!(pad("漢", 4, false), "漢  ");
        assert_eq!(pad("9.80", 6, true), "  9.80");
        assert_eq!(pad("wider", 2, true), "wider");
    }
}
