//! Turns descriptions of the document into doc comments that rustdoc renders as intended.

use std::ops::Range;

use proc_macro2::TokenStream;
use pulldown_cmark::{Event, LinkType, Parser, Tag};
use quote::quote;

use crate::model::Rule;

/// Characters that end a URL in text, and punctuation that may only follow one.
const AFTER_URLS: [char; 9] = ['<', '>', '(', ')', '[', ']', '"', '`', '\\'];
const PUNCTUATION: [char; 9] = ['.', ',', ';', ':', '!', '?', '\'', '*', '_'];
/// URL schemes of links that are kept. A relative link only works on the document's own pages.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];
/// Characters that change the direction of text; the compiler rejects them in comments.
const DIRECTIONS: [Range<char>; 2] = ['\u{202a}'..'\u{202f}', '\u{2066}'..'\u{206a}'];

/// Returns the lines of a description, or of a fallback for a missing one.
pub(crate) fn lines(description: Option<&str>, otherwise: impl FnOnce() -> String) -> TokenStream {
    match description.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => attributes(&markdown(text)),
        None => attributes(&otherwise()),
    }
}

/// Returns docs with the summary as the first sentence, the description below it, and a generated last paragraph.
pub(crate) fn described(
    summary: Option<&str>,
    description: Option<&str>,
    otherwise: String,
    last: String,
) -> TokenStream {
    let summary = summary.map(markdown).map(|summary| {
        let end = if summary.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{summary}{end}")
    });
    paragraphs(&[summary.or(Some(otherwise)), description.map(markdown), Some(last)])
}

/// Returns the doc comment of a value: its description, then its rules and its default.
pub(crate) fn value(
    description: Option<&str>,
    otherwise: impl FnOnce() -> String,
    rules: &[Rule],
    default: Option<&str>,
) -> TokenStream {
    let text = description.map(markdown).filter(|text| !text.is_empty()).unwrap_or_else(otherwise);
    let rules = rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let rules = (!rules.is_empty()).then(|| format!("Must be {}.", escape(&rules)));
    let default = default.map(|json| format!("Default: {}.", code(json)));
    let facts = rules.into_iter().chain(default).collect::<Vec<_>>().join(" ");
    paragraphs(&[Some(text), Some(facts)])
}

/// Returns the first sentence of a description, on one line.
pub(crate) fn first_sentence(description: &str) -> String {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default();
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph[..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Joins paragraphs and leaves out empty ones.
fn paragraphs(paragraphs: &[Option<String>]) -> TokenStream {
    let text = paragraphs.iter().flatten().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    attributes(&text)
}

fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Removes characters that a comment must not contain.
fn visible(text: &str) -> String {
    let is_direction = |letter: &char| DIRECTIONS.iter().any(|range| range.contains(letter));
    let letters = text.chars().filter(|letter| !is_direction(letter));
    letters.map(|letter| if letter.is_control() && !['\n', '\t'].contains(&letter) { ' ' } else { letter }).collect()
}

/// Formats a name of the document as inline code, whatever characters it has.
pub(crate) fn code(name: &str) -> String {
    let line = visible(name).split(char::is_whitespace).collect::<Vec<_>>().join(" ");
    let fence = "`".repeat(line.split(|letter| letter != '`').map(str::len).max().unwrap_or(0) + 1);
    let is_plain = !line.is_empty() && !line.contains('`') && line.trim() == line;
    if is_plain { format!("`{line}`") } else { format!("{fence} {line} {fence}") }
}

/// Converts a description to rustdoc's Markdown: keeps its links and avoids accidental links, tags and tests.
pub(crate) fn markdown(text: &str) -> String {
    let mut fenced = false;
    let text = visible(text);
    let lines = text.trim().lines().map(|line| {
        let trimmed = line.trim_end();
        if let Some(language) = trimmed.trim_start().strip_prefix("```") {
            fenced = !fenced;
            return if fenced && language.is_empty() {
                "```text".to_owned()
            } else {
                format!("```{}", if fenced { "text" } else { "" })
            };
        }
        if fenced { trimmed.to_owned() } else { unindented(trimmed).to_owned() }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    if fenced {
        text.push_str("\n```");
    }
    escape(&text)
}

/// Four spaces would start a code block, and rustdoc would compile it.
fn unindented(line: &str) -> &str {
    let spaces = line.len() - line.trim_start().len();
    if spaces >= 4 { line.trim_start() } else { line }
}

/// Escapes everything except code and links, so that the text renders as written.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (range, kept) in kept(text) {
        // A range inside a kept range is already written.
        if range.start >= end {
            escape_prose(&text[end..range.start], &mut out);
            out.push_str(&kept);
            end = range.end;
        }
    }
    escape_prose(&text[end..], &mut out);
    out
}

/// Returns code and links in order, each with its replacement.
fn kept(text: &str) -> Vec<(Range<usize>, String)> {
    let parser = Parser::new(text);
    let definitions =
        parser.reference_definitions().iter().map(|(_, definition)| (definition.span.clone(), String::new()));
    let mut kept: Vec<_> = definitions.collect();
    for (event, range) in parser.into_offset_iter() {
        let source = &text[range.clone()];
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => kept.push((range, source.to_owned())),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                kept.push((range, source.to_owned()));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                kept.push((range, link(source, &dest_url)));
            }
            _ => {}
        }
    }
    kept.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    kept
}

/// Returns a link or an image, or only its text if the URL is not kept.
fn link(source: &str, url: &str) -> String {
    let is_image = source.starts_with('!');
    let inside = source.trim_start_matches('!').trim_start_matches('[');
    let label = inside.rsplit_once("](").or_else(|| inside.rsplit_once("]["));
    let label = label.map_or_else(|| inside.trim_end_matches(']'), |(label, _)| label);
    // The text of a link cannot contain another link.
    let is_code = label.contains("://") || (label.contains('<') && !label.contains('`'));
    let text = if is_code { code(label) } else { escape(label) };
    let leads_somewhere = SCHEMES.iter().any(|scheme| url.starts_with(scheme));
    if !leads_somewhere || url.contains(['<', '>', '\n']) {
        return text;
    }
    let url = if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url.to_owned() };
    format!("{}[{text}]({url})", if is_image { "!" } else { "" })
}

fn escape_prose(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (length, written) = match letter {
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                let url = rest.split(|letter: char| letter.is_whitespace() || AFTER_URLS.contains(&letter)).next();
                let url = url.unwrap_or_default().trim_end_matches(PUNCTUATION);
                (url.len(), format!("<{url}>"))
            }
            // Existing escapes are kept.
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => (2, rest[..2].to_owned()),
            '<' | '>' | '[' | ']' | '`' => (1, format!("\\{letter}")),
            other => (other.len_utf8(), other.to_string()),
        };
        out.push_str(&written);
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_has_no_accidents() {
        for (text, expected) in [
            ("plain", "plain"),
            ("see https://example.com/x.", "see <https://example.com/x>."),
            (
                "(https://example.com/a_b), or\thttp://b.example/?c=[d]",
                "(<https://example.com/a_b>), or\t<http://b.example/?c=>\\[d\\]",
            ),
            ("Bearer <token> of [key]", "Bearer \\<token\\> of \\[key\\]"),
            ("code `<T>[0]` stays, ``a`b`` as well", "code `<T>[0]` stays, ``a`b`` as well"),
            (r"a \[b\] \c", r"a \[b\] \c"),
            ("    let x;", "let x;"),
            ("```\nlet x; // [a] <b>\n```", "```text\nlet x; // [a] <b>\n```"),
            ("```json\n{}\n", "```text\n{}\n```"),
            ("odd ` tick", "odd \\` tick"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn links_are_links() {
        for (text, expected) in [
            ("See [the guide](https://example.com/a_(b)) now.", "See [the guide](<https://example.com/a_(b)>) now."),
            (
                "[a\nb](https://example.com) and [c](mailto:c@example.com)",
                "[a\nb](https://example.com) and [c](mailto:c@example.com)",
            ),
            ("[a](https://example.com \"title\")", "[a](https://example.com)"),
            ("[`A<B>`](https://example.com)", "[`A<B>`](https://example.com)"),
            ("[https://a.example](https://a.example)", "[`https://a.example`](https://a.example)"),
            ("<https://example.com/x>", "<https://example.com/x>"),
            ("[a][1], [1]\n\n[1]: https://example.com", "[a](https://example.com), [1](https://example.com)\n\n"),
            ("[a [b] c](https://example.com)", "[a \\[b\\] c](https://example.com)"),
            ("![logo](https://example.com/logo.png)", "![logo](https://example.com/logo.png)"),
            ("[a](#section/b), [c](/docs), [d](Vec), [e](javascript:f())", "a, c, d, e"),
            ("[a] (https://example.com)", "\\[a\\] (<https://example.com>)"),
            ("[x <b>](https://example.com)", "[`x <b>`](https://example.com)"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn names_are_code() {
        for (name, expected) in [("a", "`a`"), ("[a]", "`[a]`"), ("a`b", "`` a`b ``"), ("", "`  `"), ("a\nb", "`a b`")]
        {
            assert_eq!(code(name), expected, "{name}");
        }
    }

    #[test]
    fn comments_show_what_they_hold() {
        assert_eq!(visible("a\rb\u{202e}c\u{2069}\n\td\0"), "a bc\n\td ");
    }
}
