//! Replaces surrogate escapes such as `\ud83d\ude00`, which JSON uses beyond U+FFFF and the YAML parser rejects.

use std::borrow::Cow;

/// A replacement of equal length, for parsers that only need the positions of values.
const REPLACEMENT: &str = r"\ufffd";

/// Returns the string with every surrogate escape replaced; lines and columns stay the same.
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

/// Returns the length of the escape at the start: a whole surrogate escape, or the backslash and one character.
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
