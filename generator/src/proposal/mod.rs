//! Proposes a first `generator.toml` for a document: authentication, envelope, errors, lists and limits.

mod auth;
mod bodies;
mod errors;
mod limits;
mod lists;
mod names;
mod size;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use openapiv3::OpenAPI;

use crate::source::{Source, Unlocated};
use crate::{Input, normalise, pipeline};

/// A proposed setting.
#[derive(Debug)]
struct Setting {
    /// Whether the document leaves no doubt. Other settings are written as comments.
    is_sure: bool,
    /// Why it is proposed: whole sentences.
    reason: String,
    /// The setting as TOML; empty if there is only a remark.
    toml: String,
}

impl Setting {
    fn sure(reason: impl Into<String>, toml: impl Into<String>) -> Self {
        Self { is_sure: true, reason: reason.into(), toml: toml.into() }
    }

    fn unsure(reason: impl Into<String>, toml: impl Into<String>) -> Self {
        Self { is_sure: false, reason: reason.into(), toml: toml.into() }
    }
}

/// A first `generator.toml`.
#[derive(Debug)]
pub struct Proposal {
    /// The file.
    pub text: String,
    /// The number of settings that are on.
    pub sure: usize,
    /// The number of settings that are comments.
    pub unsure: usize,
}

/// Proposes the settings of a document.
pub(crate) fn propose(input: &Input) -> Result<Proposal, Vec<Unlocated>> {
    let input = Input { config: Source::new("generator.toml", ""), ..input.clone() };
    let (document, config) = pipeline::read(&input, &mut |_| {})?;
    let (openapi, _) = normalise::normalise(&document, &config);
    let mut settings = auth::propose(&document.openapi);
    settings.extend(size::propose(&openapi));
    settings.extend(settings_of(&openapi));
    // Keys outside tables come first.
    settings.sort_by_key(|setting| setting.toml.starts_with('['));
    let count = |is_sure| settings.iter().filter(|one| one.is_sure == is_sure && !one.toml.is_empty()).count();
    let text = text(&document.openapi.info.title, &settings);
    Ok(Proposal { text, sure: count(true), unsure: count(false) })
}

/// Proposes settings from the normalised document.
fn settings_of(openapi: &OpenAPI) -> Vec<Setting> {
    let mut settings = Vec::from_iter(limits::propose(openapi));
    settings.extend(errors::propose(openapi));
    settings.extend(bodies::propose(openapi));
    settings.extend(lists::propose(openapi));
    settings
}

/// Writes the settings as a file.
fn text(title: &str, settings: &[Setting]) -> String {
    let mut text = format!(
        "# Settings for {}, proposed by `clientsmith init`.\n# Read them before you use them: a line that begins with `#` is off.\n",
        title.replace(['\n', '\r'], " ")
    );
    for Setting { is_sure, reason, toml } in settings {
        let reason = if *is_sure || toml.is_empty() { reason.clone() } else { format!("Not sure: {reason}") };
        let _ = write!(text, "\n{}", commented(&reason));
        text.push_str(&if *is_sure { toml.clone() } else { commented(toml) });
    }
    text
}

/// Returns every line as a comment.
fn commented(lines: &str) -> String {
    let mut text = String::new();
    for line in lines.lines() {
        text.push_str(format!("# {line}").trim_end());
        text.push('\n');
    }
    text
}
