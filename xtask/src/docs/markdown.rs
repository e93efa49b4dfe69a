//! Renders rustdoc's Markdown as HTML.

use anyhow::Result;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::headings::Headings;

const OPTIONS: Options = Options::ENABLE_TABLES;

/// Returns the text of the first heading.
pub(super) fn title(text: &str) -> Option<String> {
    let mut events = Parser::new_ext(text, OPTIONS);
    events.find(|event| matches!(event, Event::Start(Tag::Heading { .. })))?;
    Some(plain(events.take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))))
}

/// Returns the targets of all links, in order.
pub(super) fn destinations(text: &str) -> Vec<String> {
    let links = Parser::new_ext(text, OPTIONS).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    links.collect()
}

/// A heading, and the text up to the next one.
#[derive(Debug, PartialEq)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) anchor: String,
    pub(super) text: String,
}

/// Returns the sections of a page, without code blocks.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut headings = Headings::default();
    let mut sections: Vec<Section> = Vec::new();
    let (mut in_heading, mut in_code) = (false, false);
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                sections.push(Section { heading: String::new(), anchor: String::new(), text: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => {
                in_heading = false;
                if let Some(section) = sections.last_mut() {
                    section.anchor = headings.name(&section.heading);
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(part) | Event::Code(part) if !in_code => {
                if let Some(section) = sections.last_mut() {
                    let text = if in_heading { &mut section.heading } else { &mut section.text };
                    text.push_str(&part);
                }
            }
            Event::SoftBreak | Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item) => {
                if let Some(section) = sections.last_mut() {
                    section.text.push(' ');
                }
            }
            _ => {}
        }
    }
    sections
}

/// Renders a page as HTML; `resolve` translates the targets of links.
pub(super) fn render(text: &str, resolve: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut events: Vec<_> = Parser::new_ext(text, OPTIONS).collect();
    name_headings(&mut events);
    show_code(&mut events);
    for event in &mut events {
        if let Event::Start(Tag::Link { dest_url, .. }) = event {
            *dest_url = resolve(dest_url)?.into();
        }
    }
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    Ok(scrollable(&page))
}

/// Makes code and tables scroll on narrow screens, including by keyboard.
fn scrollable(page: &str) -> String {
    page.replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

fn name_headings(events: &mut [Event<'_>]) {
    let mut headings = Headings::default();
    for index in 0..events.len() {
        let (before, after) = events.split_at_mut(index + 1);
        if let Some(Event::Start(Tag::Heading { id, .. })) = before.last_mut() {
            let text =
                plain(after.iter().cloned().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))));
            *id = Some(headings.name(&text).into());
        }
    }
}

fn plain<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let texts = events.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    });
    texts.map(CowStr::into_string).collect()
}

/// Removes hidden lines from Rust code, and rustdoc's attributes from every block.
fn show_code(events: &mut [Event<'_>]) {
    let mut is_rust = false;
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = language(info);
                is_rust = language == "rust";
                *info = language.into();
            }
            Event::End(TagEnd::CodeBlock) => is_rust = false,
            Event::Text(text) if is_rust => *text = visible(text).into(),
            _ => {}
        }
    }
}

/// A block without a language is Rust, whatever attributes it has.
fn language(info: &str) -> String {
    let first = info.split(',').next().unwrap_or_default().trim();
    let is_rust = matches!(first, "" | "no_run" | "should_panic" | "compile_fail" | "ignore");
    if is_rust { "rust".to_owned() } else { first.to_owned() }
}

fn visible(code: &str) -> String {
    let lines = code.split_inclusive('\n').filter_map(|line| match line.trim_start() {
        "#" | "#\n" => None,
        hidden if hidden.starts_with("# ") => None,
        escaped if escaped.starts_with("##") => Some(line.replacen("##", "#", 1)),
        _ => Some(line.to_owned()),
    });
    lines.collect::<String>().trim_start_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Section, destinations, render, sections, title};

    #[test]
    fn sections_are_indexed_without_code() {
        let text = "# A\nOne\ntwo.\n```\nlet x;\n```\n## The `B`\n| c |\n|---|\n| d |\n";
        let section = |heading: &str, anchor: &str, text: &str| Section {
            heading: heading.to_owned(),
            anchor: anchor.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(sections(text), [section("A", "a", "One two. "), section("The B", "the-b", "c d ")]);
    }

    #[test]
    fn what_is_for_the_compiler_is_not_shown() {
        let text =
            "```no_run\n# fn main() {\nlet a = 1;\n#\n##[cfg(b)]\n    #[inline]\n# }\n```\n```sh\n# as root\n```\n";
        let expected = "<pre tabindex=\"0\"><code class=\"language-rust\">let a = 1;\n#[cfg(b)]\n    #[inline]\n</code></pre>\n\
            <pre tabindex=\"0\"><code class=\"language-sh\"># as root\n</code></pre>\n";
        assert_eq!(render(text, |link| Ok(link.to_owned())).ok().as_deref(), Some(expected));
    }

    #[test]
    fn headings_have_names_and_links_are_led() {
        let text = "# The `Error`\n[a][b]\n# The `Error`\n\n[b]: crate::B\n";
        let expected = "<h1 id=\"the-error\">The <code>Error</code></h1>\n<p><a href=\"B.html\">a</a></p>\n\
            <h1 id=\"the-error-1\">The <code>Error</code></h1>\n";
        assert_eq!(render(text, |_| Ok("B.html".to_owned())).ok().as_deref(), Some(expected));
        assert_eq!(title(text).as_deref(), Some("The Error"));
        assert_eq!(destinations(text), ["crate::B"]);
    }
}
