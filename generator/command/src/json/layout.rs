//! Reformats JSON text; numbers, strings and the order of keys do not change.

/// Removes white space from JSON.
pub(crate) fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for token in Tokens(json) {
        out.push_str(token);
    }
    out
}

/// Formats JSON with one line per value.
pub(crate) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut tokens = Tokens(json).peekable();
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" => {
                out.push_str(token);
                if matches!(tokens.peek(), Some(&("}" | "]"))) {
                    out.push_str(tokens.next().unwrap_or_default());
                } else {
                    depth += 1;
                    begin_line(&mut out, depth);
                }
            }
            "}" | "]" => {
                depth -= 1;
                begin_line(&mut out, depth);
                out.push_str(token);
            }
            "," => {
                out.push(',');
                begin_line(&mut out, depth);
            }
            ":" => out.push_str(": "),
            value => out.push_str(value),
        }
    }
    out
}

fn begin_line(out: &mut String, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
}

/// The tokens of valid JSON text.
struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start_matches([' ', '\t', '\n', '\r']);
        let length = match text.as_bytes().first()? {
            b'"' => string_length(text),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            _ => text.find([' ', '\t', '\n', '\r', ',', ':', '}', ']']).unwrap_or(text.len()),
        };
        let (token, rest) = text.split_at(length);
        self.0 = rest;
        Some(token)
    }
}

/// Returns the length of the string at the start of `json`, including quotes.
fn string_length(json: &str) -> usize {
    let mut escaped = false;
    let end = json.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(json.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_order_stay() {
        let text = "{ \"b\" : 49.00 ,\n\"a\":[ ] , \"c\":{\"x\\\"}\":\" : ,\",\"y\":[1e2,null]}}";
        assert_eq!(compact(text), r#"{"b":49.00,"a":[],"c":{"x\"}":" : ,","y":[1e2,null]}}"#);
        let expected = "{\n  \"b\": 49.00,\n  \"a\": [],\n  \"c\": {\n    \"x\\\"}\": \" : ,\",\n    \"y\": [\n      1e2,\n      null\n    ]\n  }\n}";
        assert_eq!(pretty(text), expected);
        assert_eq!(compact(expected), compact(text));
    }

    #[test]
    fn values_alone() {
        for text in ["1", "\"\\\\\"", "\"\"", "{}", "[]", "null"] {
            assert_eq!((compact(text), pretty(text)), (text.to_owned(), text.to_owned()));
        }
    }
}
