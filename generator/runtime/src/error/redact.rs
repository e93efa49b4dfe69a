//! Makes strings from a server safe to log: short, on one line, without e-mail addresses.

/// The maximum number of characters read from a page.
const READ: usize = 16 * 1024;
/// The maximum number of characters in an excerpt.
const LIMIT: usize = 200;

/// Redacts every word that contains an e-mail address.
pub(crate) fn addresses(text: &str) -> String {
    decoded(text)
        .split_inclusive(is_boundary)
        .map(|word| {
            let (body, end) = match word.char_indices().next_back() {
                Some((at, last)) if is_boundary(last) => word.split_at(at),
                _ => (word, ""),
            };
            if body.contains('@') { format!("[redacted]{end}") } else { word.to_owned() }
        })
        .collect()
}

/// Returns the beginning of an HTML page as one line: without markup, with white space folded and addresses redacted.
pub(crate) fn excerpt(page: &str) -> String {
    let start = page.char_indices().nth(READ).map_or(page, |(cut, _)| &page[..cut]);
    let line = addresses(&fold(&without_markup(start)));
    match line.char_indices().nth(LIMIT) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// Decodes every encoded `@`, to find addresses in pages and URLs.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (decoded, after) = after_at_sign(rest).map_or((first, &rest[first.len_utf8()..]), |after| ('@', after));
        out.push(decoded);
        rest = after;
    }
    out
}

/// Returns the rest of the string after an encoded `@`, if the string begins with one.
fn after_at_sign(text: &str) -> Option<&str> {
    if let Some(mut code) = text.strip_prefix('%') {
        // A URL inside a URL is encoded twice.
        while let Some(inner) = code.strip_prefix("25") {
            code = inner;
        }
        return code.strip_prefix("40");
    }
    let Some(entity) = text.strip_prefix('&') else {
        return text.strip_prefix("\\u0040").or_else(|| text.strip_prefix(['\u{ff20}', '\u{fe6b}']));
    };
    let after = match entity.strip_prefix('#') {
        None => entity.strip_prefix("commat"),
        Some(code) => match code.strip_prefix(['x', 'X']) {
            None => code.trim_start_matches('0').strip_prefix("64"),
            Some(code) => code.trim_start_matches('0').strip_prefix("40"),
        },
    }?;
    Some(after.strip_prefix(';').unwrap_or(after))
}

fn is_boundary(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '=' | ':' | '&')
}

fn fold(text: &str) -> String {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect())
        .collect::<Vec<String>>()
        .join(" ")
}

fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        out.push(' ');
        let tag = &rest[open..];
        let hidden = ["script", "style"].into_iter().find(|name| opens(tag, name));
        let close = match hidden {
            Some(name) => tag.to_ascii_lowercase().find(&format!("</{name}")).map(|at| at + 2 + name.len()),
            None => Some(0),
        };
        rest = match close.and_then(|from| tag[from..].find('>').map(|at| from + at + 1)) {
            Some(end) => &tag[end..],
            None => "",
        };
    }
    out.push_str(rest);
    out
}

fn opens(tag: &str, name: &str) -> bool {
    tag.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_redacted() {
        assert_eq!(addresses("ada@example.com is taken"), "[redacted] is taken");
        assert_eq!(addresses("taken: \"ada@example.com\"."), "taken: \"[redacted]\".");
        assert_eq!(addresses("?email=ada%40example.com&page=2"), "?email=[redacted]&page=2");
        assert_eq!(addresses("nothing here"), "nothing here");
        assert_eq!(addresses("ask ada&#64;example.com"), "ask [redacted]");
        assert_eq!(addresses(""), "");
        for sign in ["&#064;", "&#X40;", "&#64", "&commat;", "%2540", "\\u0040", "\u{ff20}"] {
            assert_eq!(addresses(&format!("ask ada{sign}example.com!")), "ask [redacted]");
        }
        assert_eq!(addresses("100%, a&b, &#65; %4 \\u0041"), "100%, a&b, &#65; %4 \\u0041");
    }

    #[test]
    fn excerpts_are_short_and_plain() {
        let page =
            "<html><head><title>502 Bad Gateway</title><style>p{}</style></head>\n<body>ask ops@example.com</body>";
        assert_eq!(excerpt(page), "502 Bad Gateway ask [redacted]");
        assert_eq!(excerpt("  plain\n\ttext "), "plain text");
        assert_eq!(excerpt("a<"), "a");
        assert_eq!(excerpt("<script>var x = '<';"), "");
        assert_eq!(excerpt(&"é".repeat(300)).chars().count(), LIMIT + 1);
    }
}
