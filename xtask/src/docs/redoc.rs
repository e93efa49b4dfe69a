//! Writes the reference: the document as JSON, and the page that renders it with Redoc.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::modules::Modules;
use super::page;
use super::staging::Staging;

/// The document that Redoc renders.
pub(super) const DOCUMENT: &str = "openapi.json";

const PAGE: &str = include_str!("reference.html");
const START: &str = include_str!("reference.js");
const STYLE: &str = include_str!("reference.css");
/// The only images that Redoc would load from elsewhere. An inline image replaces them and keeps the credit.
const PICTURES: &[&str] =
    &["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];
const PICTURE: &str = include_str!("redoc.svg");

pub(super) fn write(modules: &Modules, document: &str, site: &Staging) -> Result<()> {
    let bundle = modules.file("redoc/bundles/redoc.standalone.js");
    let bundle = fs::read_to_string(&bundle).with_context(|| format!("cannot read {}", bundle.display()))?;
    site.write("redoc.js", &at_home(&bundle)?)?;
    site.copy(&modules.file("redoc/LICENSE"), "redoc.js.LICENSE.txt")?;
    site.write("reference.js", START)?;
    site.write("reference.css", STYLE)?;
    site.write(DOCUMENT, document)?;
    site.write(page::REFERENCE, &PAGE.replace("{{bar}}", &page::bar(page::REFERENCE)))
}

/// Returns the bundle without addresses that a browser would fetch. The page's policy blocks them as well, but each
/// blocked request is an error on the console.
fn at_home(bundle: &str) -> Result<String> {
    let mut bundle = bundle.to_owned();
    for picture in PICTURES {
        ensure!(bundle.contains(picture), "this version of Redoc has no {picture}: see what it has in its place");
        bundle = bundle.replace(picture, &data_url(PICTURE));
    }
    Ok(bundle)
}

fn data_url(svg: &str) -> String {
    let text = svg.trim().replace('%', "%25").replace('#', "%23").replace('"', "%22").replace('`', "%60");
    format!("data:image/svg+xml,{}", text.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20"))
}
