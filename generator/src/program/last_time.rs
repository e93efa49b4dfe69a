//! Compares the inputs with the copies that the last run recorded among the generated files.

use std::fs;
use std::path::Path;

use super::disk;
use crate::provenance::{RECORDED_FILES, RECORDED_OVERLAYS, recorded_file, recorded_overlay};
use crate::{Input, Source, is_generated};

/// The copies of the inputs, below the generated files.
const RECORDED: [&str; 2] = ["inputs/openapi.yaml", "inputs/generator.toml"];

/// Returns a short list of changes since the last run; `None` if nothing changed, or if the last inputs are unknown.
pub(super) fn changes_since(generated: &Path, input: &Input, version: Option<&str>) -> Option<String> {
    let [spec, config] = RECORDED.map(|name| recorded(&generated.join(name)));
    let read = |name: &str| recorded(&generated.join(RECORDED_FILES).join(recorded_file(name))).map(|file| file.text);
    let overlays = (0..).map_while(|index| recorded(&generated.join(RECORDED_OVERLAYS).join(recorded_overlay(index))));
    // Other files refer to the document by its own name.
    let spec = Source { name: input.spec.name.clone(), ..spec? };
    let last = Input::new(spec, config?).with_overlays(overlays.collect());
    let last = last.with_files(|name| read(name).ok_or_else(|| "it is not recorded".to_owned()));
    let last =
        Input { keep_going: input.keep_going, only: input.only.clone(), crate_name: input.crate_name.clone(), ..last };
    let texts =
        |input: &Input| input.files.iter().chain(&input.overlays).map(|file| file.text.clone()).collect::<Vec<_>>();
    let is_same = (&last.spec.text, &last.config.text) == (&input.spec.text, &input.config.text);
    if is_same && texts(&last) == texts(input) {
        return None;
    }
    match crate::diff(&last, input) {
        Ok(changes) if changes.is_empty() => None,
        Ok(changes) => Some(changes.short_text(version)),
        // The files were generated, so this is not an error.
        Err(unreadable) => Some(format!("cannot list changes: {unreadable}\n")),
    }
}

/// Returns an input without the first line of its copy.
fn recorded(path: &Path) -> Option<Source> {
    let text = fs::read_to_string(path).ok().filter(|text| is_generated(text))?;
    let own = text.split_once('\n').map_or("", |(_, rest)| rest);
    Some(disk::source(&path.to_string_lossy(), own))
}
