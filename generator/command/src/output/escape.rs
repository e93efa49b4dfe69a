//! Escapes untrusted text for a terminal.
//!
//! Control characters can move the cursor, change colours or write to the clipboard; bidirectional characters can
//! disguise a line as another. They are escaped as in JSON, so escaped JSON keeps its value.

use std::borrow::Cow;
use std::fmt::Write;

/// Escapes harmful characters, including line breaks.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escaped(text, is_harmful)
}

/// Escapes harmful characters, but keeps line breaks.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| character != '\n' && is_harmful(character))
}

fn escaped(text: &str, is_harmful: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            _ if !is_harmful(character) => out.push(character),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    Cow::Owned(out)
}

fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Bidirectional marks, embeddings, overrides and isolates.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Invisible copies of ASCII.
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_acts_on() {
        for (text, expected) in [
            ("Ada Lovelace, é 漢 👩\u{200d}💻", "Ada Lovelace, é 漢 👩\u{200d}💻"),
            ("a\\b \"c\"", "a\\b \"c\""),
            ("\u{1b}[2J\u{1b}]52;c;eA==\u{7}", "\\u001b[2J\\u001b]52;c;eA==\\u0007"),
            ("one\r\ntwo\tthree", "one\\r\\ntwo\\tthree"),
            ("\u{7f}\u{9b}31m", "\\u007f\\u009b31m"),
            ("\u{202e}moc.elpmaxe\u{2069}\u{2028}", "\\u202emoc.elpmaxe\\u2069\\u2028"),
            ("\u{e0041}", "\\udb40\\udc41"),
        ] {
            assert_eq!(line(text), expected);
        }
    }

    #[test]
    fn lines_stay_where_there_are_many() {
        assert_eq!(lines("{\n  \"a\": \"\u{9b}\"\r\n}"), "{\n  \"a\": \"\\u009b\"\\r\n}");
    }
}
