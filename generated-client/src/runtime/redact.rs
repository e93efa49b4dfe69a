//! Text from a server, made fit for logs: short, on one line, without e-mail addresses.

/// How many characters of a page are looked at.
const READ: usize = 16 * 1024;
/// How many of them are kept.
const LIMIT: usize = 200;
/// How a page may write the sign in the middle of an address.
const ENCODED: [&str; 3] = ["&#64;", "&#x40;", "&commat;"];

/// Replaces every word that holds an e-mail address.
pub(crate) fn addresses(text: &str) -> String {
    let text = ENCODED.iter().fold(text.to_owned(), |text, encoded| text.replace(encoded, "@"));
    text.split_inclusive(is_boundary)
        .map(|word| {
            let (body, end) = match word.char_indices().next_back() {
                Some((at, last)) if is_boundary(last) => word.split_at(at),
                _ => (word, ""),
            };
            if body.contains('@') || body.to_ascii_lowercase().contains("%40") {
                format!("[redacted]{end}")
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// The beginning of a page for people: markup dropped, white space folded, addresses replaced, cut to a line.
pub(crate) fn excerpt(page: &str) -> String {
    let start = page.char_indices().nth(READ).map_or(page, |(cut, _)| &page[..cut]);
    let text = addresses(&fold(&without_markup(start)));
    match text.char_indices().nth(LIMIT) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
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
    fn addresses_go() {
        assert_eq!(addresses("ada@example.com is taken"), "[redacted] is taken");
        assert_eq!(addresses("taken: \"ada@example.com\"."), "taken: \"[redacted]\".");
        assert_eq!(addresses("?email=ada%40example.com&page=2"), "?email=[redacted]&page=2");
        assert_eq!(addresses("nothing here"), "nothing here");
        assert_eq!(addresses("ask ada&#64;example.com"), "ask [redacted]");
        assert_eq!(addresses(""), "");
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
