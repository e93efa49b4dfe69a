//! The generator's inputs: the project's own files, or a synthetic document.

use std::fs;
use std::path::Path;

use documents::{SETTINGS, synthetic};
use generator::{Input, Source};

/// The project's document, settings and samples.
pub(crate) fn project() -> Input {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let source = |name: &str| Source::new(name, read(&spec.join(name)));
    let mut samples = Vec::new();
    collect(&spec.join("samples"), "samples", &mut samples);
    Input { samples, ..Input::new(source("openapi.yaml"), source("generator.toml")) }
}

/// A synthetic document with this many operations.
pub(crate) fn made_up(operations: usize) -> Input {
    let [spec, config] = [("openapi.yaml", synthetic(operations)), ("generator.toml", SETTINGS.to_owned())]
        .map(|(name, text)| Source::new(name, text));
    Input::new(spec, config)
}

fn collect(directory: &Path, name: &str, samples: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(directory).expect("a directory of samples").flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, samples);
        } else {
            samples.push(Source::new(name, read(&entry.path())));
        }
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a readable file")
}
