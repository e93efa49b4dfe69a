//! Descriptions of the document → doc comments that rustdoc takes as they are meant.

use proc_macro2::TokenStream;
use quote::quote;

/// The lines of a description, or of what stands in for a missing one.
pub(crate) fn lines(description: Option<&str>, otherwise: impl FnOnce() -> String) -> TokenStream {
    match description.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => attributes(&markdown(text)),
        None => attributes(&otherwise()),
    }
}

/// A summary as the first sentence, the description below it, and a last paragraph of our own.
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

/// The first sentence of a description, on one line.
pub(crate) fn first_sentence(description: &str) -> String {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default();
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph[..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several paragraphs, each as it stands; empty ones are left out.
fn paragraphs(paragraphs: &[Option<String>]) -> TokenStream {
    let text = paragraphs.iter().flatten().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    attributes(&text)
}

fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Text of a document as rustdoc's Markdown: no accidental links, tags or tests.
pub(crate) fn markdown(text: &str) -> String {
    let mut fenced = false;
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
        if fenced { trimmed.to_owned() } else { escape(unindented(trimmed)) }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    if fenced {
        text.push_str("\n```");
    }
    text
}

/// Four spaces would make a code block, and rustdoc would compile it.
fn unindented(line: &str) -> &str {
    let spaces = line.len() - line.trim_start().len();
    if spaces >= 4 { line.trim_start() } else { line }
}

/// A line of text as rustdoc's Markdown.
pub(crate) fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 { out.push_str(part) } else { out.push_str(&escape_prose(part)) }
    }
    if line.matches('`').count() % 2 == 1 {
        out.push('`');
    }
    out
}

fn escape_prose(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let link = word.starts_with("http://") || word.starts_with("https://");
        if link && !word.contains(['<', '>', '(', ')']) {
            let end = word.trim_end_matches(['.', ',', ';', ':']);
            return format!("<{end}>{}", &word[end.len()..]);
        }
        if word.contains("](") {
            return word.to_owned();
        }
        word.replace('<', "\\<").replace('>', "\\>").replace('[', "\\[").replace(']', "\\]")
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_has_no_accidents() {
        for (text, expected) in [
            ("plain", "plain"),
            ("see https://example.com/x.", "see <https://example.com/x>."),
            ("Bearer <token> of [key]", "Bearer \\<token\\> of \\[key\\]"),
            ("code `<T>[0]` stays", "code `<T>[0]` stays"),
            ("[a](https://example.com) link", "[a](https://example.com) link"),
            ("    let x;", "let x;"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            ("```json\n{}\n", "```text\n{}\n```"),
            ("odd ` tick", "odd ` tick`"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }
}
