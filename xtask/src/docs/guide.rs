//! Renders the guide: Markdown files, which are also part of the client crate's rustdoc, become pages of the site.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use generator::program::{names_below, read};
use serde_json::{Value, json};

use super::page::{self, Page};
use super::staging::Staging;
use super::{links, markdown, rustdoc};
use crate::project::Project;

/// The directory of the guide, with one file per page.
const DIRECTORY: &str = "generated-client/guide";
/// The page that links to all others, in their order.
const INDEX: &str = "index";

pub(super) struct Guide {
    /// All pages, starting with the index.
    pages: Vec<Source>,
}

/// The source of a page.
struct Source {
    name: String,
    title: String,
    text: String,
}

impl Guide {
    /// Reads all pages, and checks that their links lead to pages and that the index links to each.
    pub(super) fn read(project: &Project) -> Result<Self> {
        let mut texts = BTreeMap::new();
        for path in names_below(&project.path(DIRECTORY), DIRECTORY)? {
            let text = Source::read(project, &path)?;
            texts.insert(text.name.clone(), text);
        }
        for Source { name, text, .. } in texts.values() {
            let links = markdown::destinations(text);
            let lost = links.iter().find(|link| links::page(link).is_some_and(|page| !texts.contains_key(page)));
            if let Some(link) = lost {
                bail!("{DIRECTORY}/{name}.md links to `{link}`, which is not a page");
            }
        }
        Ok(Self { pages: in_order(texts)? })
    }

    /// Returns the number of pages.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Writes the pages and their styles. The rustdoc must already exist, because links are resolved in it.
    pub(super) fn write(&self, site: &Staging) -> Result<()> {
        let crate_directory = format!("{}/promotekit", rustdoc::DIRECTORY);
        let contents: Vec<_> = self.pages.iter().map(|page| (page.file(), page.title.clone())).collect();
        for page in &self.pages {
            let body = markdown::render(&page.text, |link| links::address(link, &site.path("."), &crate_directory))
                .with_context(|| format!("cannot render {DIRECTORY}/{}.md", page.name))?;
            let html = page::frame(&Page { file: &page.file(), title: &page.title, body: &body }, &contents);
            site.write(&page.file(), &html)?;
        }
        page::ASSETS.iter().try_for_each(|(name, asset)| site.write(name, asset))?;
        site.write(page::SECTIONS, &self.sections())
    }

    /// Returns the index of the search: each section with its address and text. A script, because pages opened from
    /// files cannot fetch data.
    fn sections(&self) -> String {
        let sections = self.pages.iter().flat_map(|page| {
            markdown::sections(&page.text).into_iter().map(|section| {
                let address = format!("{}#{}", page.file(), section.anchor);
                json!({"page": page.title, "heading": section.heading, "address": address, "text": section.text})
            })
        });
        format!("const SECTIONS = {};\n", sections.collect::<Value>())
    }
}

impl Source {
    fn read(project: &Project, path: &str) -> Result<Self> {
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let Some(name) = file_name.strip_suffix(".md") else {
            bail!("{path} is not a page of the guide: its name does not end in .md");
        };
        let text = read(&project.path(path), path)?.text;
        let title = markdown::title(&text).with_context(|| format!("{path} has no heading for the title"))?;
        Ok(Self { name: name.to_owned(), title, text })
    }

    fn file(&self) -> String {
        format!("{}.html", self.name)
    }
}

/// Returns the index and then the other pages, in the order of its links.
fn in_order(mut texts: BTreeMap<String, Source>) -> Result<Vec<Source>> {
    let index = texts.remove(INDEX).with_context(|| format!("the guide has no {DIRECTORY}/{INDEX}.md"))?;
    let links = markdown::destinations(&index.text);
    let mut pages = vec![index];
    pages.extend(links.iter().filter_map(|link| texts.remove(links::page(link)?)));
    if let Some(name) = texts.into_keys().next() {
        bail!("{DIRECTORY}/{INDEX}.md does not link to `{}::{name}`", links::GUIDE);
    }
    Ok(pages)
}
