//! The common frame of the site's pages: the head, the navigation bar, the list of pages.

use std::fmt::Write;

/// The page of the API reference.
pub(super) const REFERENCE: &str = "reference.html";
/// The style sheets and the script of all pages.
pub(super) const ASSETS: &[(&str, &str)] = &[
    ("site.css", include_str!("site.css")),
    ("guide.css", include_str!("guide.css")),
    ("guide.js", include_str!("guide.js")),
];
/// The index of the search.
pub(super) const SECTIONS: &str = "sections.js";
const FRAME: &str = include_str!("page.html");

/// A page of the guide.
pub(super) struct Page<'a> {
    pub(super) file: &'a str,
    pub(super) title: &'a str,
    pub(super) body: &'a str,
}

/// Renders the whole page; `contents` has the files and titles of all guide pages.
pub(super) fn frame(page: &Page<'_>, contents: &[(String, String)]) -> String {
    let current = |file: &str| if file == page.file { " aria-current=\"page\"" } else { "" };
    let mut list = String::new();
    for (file, title) in contents {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "<li><a href=\"{file}\"{}>{}</a></li>", current(file), escaped(title));
    }
    let at = contents.iter().position(|(file, _)| file == page.file);
    let next = at.and_then(|at| contents.get(at + 1));
    let next = next.map(|(file, title)| format!("<a class=\"next\" href=\"{file}\">Next: {}</a>", escaped(title)));
    FRAME
        .replace("{{title}}", &escaped(page.title))
        .replace("{{bar}}", &bar(page.file))
        .replace("{{contents}}", &list)
        .replace("{{next}}", &next.unwrap_or_default())
        // Last, so that braces in the body are not taken for placeholders.
        .replace("{{body}}", page.body)
}

/// Renders the links to the three parts of the site.
pub(super) fn bar(file: &str) -> String {
    let parts = [("index.html", "Guide"), (REFERENCE, "API reference"), ("rustdoc/promotekit/index.html", "Rust docs")];
    let current = if file == REFERENCE { REFERENCE } else { "index.html" };
    let links = parts.map(|(target, name)| {
        let current = if target == current { " aria-current=\"true\"" } else { "" };
        format!("<a href=\"{target}\"{current}>{name}</a>")
    });
    links.join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
