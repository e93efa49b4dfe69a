//! Indents closing brackets that stand too far to the left.
//!
//! YAML requires them to be indented more than the key of their collection. The usual parsers accept them anyway, and
//! so do their users.

use std::borrow::Cow;

use saphyr_parser::Parser;

/// The parser's error for such a bracket.
const TOO_FAR_LEFT: &str = "invalid indentation";
/// The maximum number of brackets to indent.
const MOST: usize = 500;

/// Returns the text with all of them indented; unchanged if that does not make it readable.
pub(crate) fn indented(text: &str) -> Cow<'_, str> {
    let mut readable = Cow::Borrowed(text);
    let mut last = 0;
    for _ in 0..MOST {
        let error = Parser::new_from_str(&readable).find_map(Result::err);
        let Some(error) = error else { return readable };
        let line = error.marker().line();
        let start = readable.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
        let is_bracket = readable[start..].trim_start_matches(' ').starts_with(['}', ']']);
        if error.info() != TOO_FAR_LEFT || !is_bracket || line <= last {
            break;
        }
        last = line;
        readable.to_mut().insert_str(start, "  ");
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_are_too_far_left() {
        let text = "a:\n  b:\n    c: {\n      \"80\": {},\n      \"443\": {}\n    }\n  d: 1\n";
        assert_eq!(indented(text), text.replace("    }\n", "      }\n"));
        for other in ["a: {\n b: 1 }", "a:\n  b: }\n", "a: [1\n"] {
            assert_eq!(indented(other), other);
        }
    }
}
