//! Spells out symbols in names without letters: `+1` becomes `plus 1`, and an empty name becomes `empty`.

use std::borrow::Cow;

const WORDS: [(char, &str); 31] = [
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('=', "equals"),
    ('<', "less_than"),
    ('>', "greater_than"),
    ('!', "not"),
    ('%', "percent"),
    ('&', "and"),
    ('|', "or"),
    ('~', "tilde"),
    ('^', "caret"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('?', "question_mark"),
    ('#', "hash"),
    ('@', "at"),
    ('$', "dollar"),
    ('"', "quote"),
    ('\'', "apostrophe"),
    ('`', "backtick"),
    ('(', "open_parenthesis"),
    (')', "close_parenthesis"),
    ('[', "open_bracket"),
    (']', "close_bracket"),
    ('_', "underscore"),
    (' ', "space"),
];

/// Returns the name. If it only has symbols and digits, its leading symbols are spelled out.
pub(super) fn spelled(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed("empty");
    }
    if text.contains(char::is_alphabetic) || text.starts_with(|first: char| first.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let digits = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
    let (symbols, rest) = text.split_at(digits);
    let words = symbols.chars().filter_map(|symbol| WORDS.iter().find(|(known, _)| *known == symbol));
    let words: Vec<_> = words.map(|(_, word)| *word).chain([rest]).collect();
    Cow::Owned(words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_words() {
        for (text, expected) in [
            ("", "empty"),
            ("+1", "plus_1"),
            ("-1.5", "minus_1.5"),
            ("<=", "less_than_equals_"),
            ("_", "underscore_"),
            ("-created", "-created"),
            ("2024-01-01", "2024-01-01"),
            ("🦀", ""),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
        }
    }
}
