//! The inputs of the last run, which lie beside the files generated from them → what changed since.

use std::fs;
use std::path::Path;

use super::disk;
use crate::{Input, Source, is_generated};

/// The copies of the inputs, below the generated files.
const RECORDED: [&str; 2] = ["inputs/openapi.yaml", "inputs/generator.toml"];

/// What changed since files were last generated into that directory, in short; none if nothing did, or if that is not known.
pub(super) fn changes_since(generated: &Path, input: &Input, version: Option<&str>) -> Option<String> {
    let [spec, config] = RECORDED.map(|name| recorded(&generated.join(name)));
    let last = Input { spec: spec?, config: config?, samples: Vec::new() };
    if (&last.spec.text, &last.config.text) == (&input.spec.text, &input.config.text) {
        return None;
    }
    match crate::diff(&last, input) {
        Ok(changes) if changes.is_empty() => None,
        Ok(changes) => Some(changes.short_text(version)),
        // Nothing depends on it: the files were generated.
        Err(unreadable) => Some(format!("what changed is not told: {unreadable}\n")),
    }
}

/// An input without the first line of its copy.
fn recorded(path: &Path) -> Option<Source> {
    let text = fs::read_to_string(path).ok().filter(|text| is_generated(text))?;
    let own = text.split_once('\n').map_or("", |(_, rest)| rest);
    Some(disk::source(&path.to_string_lossy(), own))
}
