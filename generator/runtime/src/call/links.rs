//! Reads the header `Link` (RFC 8288).

/// Returns the targets of links with the relation `next` (RFC 8288, section 3).
pub(super) fn next(header: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else { break };
        let (parameters, following) = after.split_at(end_of_link(after));
        if parameters.split(';').any(is_next) {
            targets.push(target.trim().to_owned());
        }
        rest = following;
    }
    targets
}

/// The index of the comma that ends a link; commas in quotes do not.
fn end_of_link(parameters: &str) -> usize {
    let mut is_quoted = false;
    for (index, character) in parameters.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => return index,
            _ => {}
        }
    }
    parameters.len()
}

/// Whether a parameter of a link is the relation `next`, perhaps among others.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let value = value.trim().trim_matches('"');
    name.trim().eq_ignore_ascii_case("rel") && value.split_whitespace().any(|one| one.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn links_to_the_next_page() {
        for (header, expected) in [
            (
                r#"<https://a.example/x?page=2>; rel="next", <https://a.example/x?page=9>; rel="last""#,
                Some("https://a.example/x?page=2"),
            ),
            (r#"</x?page=9>; rel=last, </x?page=2,3>; title="a, <b>; rel=next"; REL=Next"#, Some("/x?page=2,3")),
            (r#"</x>; rel="prev next""#, Some("/x")),
            (r#"</x>; rel="prev""#, None),
            (r#"</x>; title="rel=next""#, None),
            ("</x", None),
            ("", None),
        ] {
            assert_eq!(next(header).first().map(String::as_str), expected, "{header}");
        }
    }
}
