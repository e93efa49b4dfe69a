//! JSON writes characters beyond U+FFFF as two escapes, `\ud83d\ude00`, of which the YAML parser accepts neither.

use std::borrow::Cow;

/// What stands for such an escape where only the places of values matter; it is as long.
const REPLACEMENT: &str = r"\ufffd";

/// The text with a replacement for every half of a character; lines and columns stay.
pub(crate) fn without_halves(text: &str) -> Cow<'_, str> {
    if !text.contains(r"\ud") && !text.contains(r"\uD") {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.find('\\').map(|at| rest.split_at(at)) {
        whole.push_str(before);
        let (escape, after) = escape.split_at(length(escape));
        whole.push_str(if escape.len() == REPLACEMENT.len() { REPLACEMENT } else { escape });
        rest = after;
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// How long the escape is that a text begins with: all of it if it is a half, or else the backslash and what it escapes.
fn length(text: &str) -> usize {
    match text.as_bytes() {
        [b'\\', b'u', b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', third, fourth, ..]
            if third.is_ascii_hexdigit() && fourth.is_ascii_hexdigit() =>
        {
            REPLACEMENT.len()
        }
        _ => text.char_indices().nth(2).map_or(text.len(), |(end, _)| end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced() {
        for (text, expected) in [
            (r#"{"a": "\ud83d\uDE00!"}"#, r#"{"a": "\ufffd\ufffd!"}"#),
            (r"\\ud83d \ud7ff", r"\\ud83d \ud7ff"),
            (r"\ud83d\", r"\ufffd\"),
            (r"\é\ud83", r"\é\ud83"),
        ] {
            assert_eq!(without_halves(text), expected);
        }
    }
}
