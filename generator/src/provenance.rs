//! Records the inputs and the generator version of a crate.

use sha2::{Digest, Sha256};

use crate::heading::Program;
use crate::input::Input;
use crate::output::FileSet;

/// The length of a short hash, enough to distinguish documents.
const SHORT: usize = 12;

/// The directory of the copies of a document's other files, below the generated files.
pub(crate) const RECORDED_FILES: &str = "inputs/files";

/// The directory of the copies of overlays, in the order of their application.
pub(crate) const RECORDED_OVERLAYS: &str = "inputs/overlays";

/// The provenance of a crate.
pub(crate) struct Provenance {
    /// The SHA-256 of the document with its other files and overlays, in hexadecimal.
    pub(crate) spec_hash: String,
    pub(crate) generator_version: &'static str,
    /// The whole provenance as the comment of a user agent.
    pub(crate) comment: String,
}

impl Provenance {
    /// Returns the provenance of a crate for this version of an API.
    pub(crate) fn of(input: &Input, api_version: &str) -> Self {
        let mut hash = Sha256::new_with_prefix(input.spec.text.as_bytes());
        input.files.iter().chain(&input.overlays).for_each(|file| hash.update(file.text.as_bytes()));
        let spec_hash = format!("{:x}", hash.finalize());
        let generator_version = env!("CARGO_PKG_VERSION");
        let (version, short) = (legal(api_version), &spec_hash[..SHORT]);
        let comment = format!("({version}; spec {short}; generator {generator_version})");
        Self { spec_hash, generator_version, comment }
    }
}

/// Adds the inputs to the generated files, so that a later run can compare them.
pub(crate) fn record(input: &Input, program: Program, files: &mut FileSet) {
    for (name, source) in [("openapi.yaml", &input.spec), ("generator.toml", &input.config)] {
        let text = format!("# {}\n{}", program.heading(&source.name), source.text);
        files.insert(format!("generated/inputs/{name}"), text);
    }
    for file in &input.files {
        let text = format!("# {}\n{}", program.heading(&input.spec.beside(&file.name)), file.text);
        files.insert(format!("generated/{RECORDED_FILES}/{}", recorded_file(&file.name)), text);
    }
    for (index, overlay) in input.overlays.iter().enumerate() {
        let text = format!("# {}\n{}", program.heading(&overlay.name), overlay.text);
        files.insert(format!("generated/{RECORDED_OVERLAYS}/{}", recorded_overlay(index)), text);
    }
}

/// Returns the name of the copy of another file, which is always below its directory.
pub(crate) fn recorded_file(name: &str) -> String {
    name.replace("..", "__")
}

/// Returns the name of the copy of an overlay.
pub(crate) fn recorded_overlay(index: usize) -> String {
    format!("{}.yaml", index + 1)
}

/// Replaces characters that the comment of a header must not contain.
fn legal(text: &str) -> String {
    let is_legal = |c: char| c == ' ' || c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\' | ';');
    text.chars().map(|c| if is_legal(c) { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn any_version_makes_a_legal_header() {
        let [spec, config] = [Source::new("a", "abc"), Source::new("b", "")];
        let input = Input::new(spec, config);
        let provenance = Provenance::of(&input, "1 (β)\n\\;");
        assert_eq!(provenance.spec_hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let expected = format!("(1 ------; spec ba7816bf8f01; generator {})", env!("CARGO_PKG_VERSION"));
        assert_eq!(provenance.comment, expected);
    }
}
