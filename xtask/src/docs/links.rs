//! Resolves rustdoc links (`crate::guide::errors`, `crate::Error::status`) to addresses in the site.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

/// The prefix of links between pages of the guide.
pub(super) const GUIDE: &str = "crate::guide";

const KINDS: &[&str] = &["struct", "enum", "trait", "fn", "constant", "static", "type", "macro", "union"];
const MEMBERS: &[&str] = &["variant", "method", "tymethod", "structfield", "associatedconstant", "associatedtype"];

/// Returns the guide page that a link leads to, if any. The guide itself is the page `index`.
pub(super) fn page(link: &str) -> Option<&str> {
    let path = link.split('#').next().unwrap_or_default();
    match path.strip_prefix(GUIDE)?.strip_prefix("::") {
        Some(page) => Some(page),
        None => (path == GUIDE).then_some("index"),
    }
}

/// Returns the address of a link. The site is at `site`, the crate's rustdoc in its subdirectory `directory`.
pub(super) fn address(link: &str, site: &Path, directory: &str) -> Result<String> {
    if let Some(page) = page(link) {
        let heading = link.split_once('#').map(|(_, heading)| format!("#{heading}")).unwrap_or_default();
        return Ok(format!("{page}.html{heading}"));
    }
    if let Some(path) = link.strip_prefix("crate::") {
        return match item(path, site, directory)? {
            Some(address) => Ok(address),
            None => bail!("it links to `{link}`, which the rustdoc of the crate does not have"),
        };
    }
    if link.starts_with("https://") || link.starts_with('#') {
        return Ok(link.to_owned());
    }
    bail!(
        "it links to `{link}`: a link is an item of the crate such as `crate::Error`, or begins with `https://` or `#`"
    )
}

/// Returns the page of an item in the rustdoc, with the anchor of a member.
fn item(path: &str, site: &Path, directory: &str) -> Result<Option<String>> {
    let mut steps = path.split("::").peekable();
    let mut directory = directory.to_owned();
    while let Some(step) = steps.next_if(|step| site.join(&directory).join(step).join("index.html").exists()) {
        directory = format!("{directory}/{step}");
    }
    let Some(name) = steps.next() else { return Ok(Some(format!("{directory}/index.html"))) };
    let pages = KINDS.iter().map(|kind| format!("{directory}/{kind}.{name}.html"));
    let Some(page) = pages.into_iter().find(|page| site.join(page).exists()) else { return Ok(None) };
    let Some(member) = steps.next() else { return Ok(Some(page)) };
    let text = fs::read_to_string(site.join(&page))?;
    let mut places = MEMBERS.iter().map(|kind| format!("{kind}.{member}"));
    let place = places.find(|place| text.contains(&format!("id=\"{place}\"")));
    Ok(place.map(|place| format!("{page}#{place}")))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn pages_are_told_from_items() {
        assert_eq!(page("crate::guide::errors#api"), Some("errors"));
        assert_eq!(page("crate::guide"), Some("index"));
        assert_eq!(page("crate::guides"), None);
        assert_eq!(page("crate::Error"), None);
    }
}
