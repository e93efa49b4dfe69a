//! Writes the libraries of generated crates, from the copies embedded in this program.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use toml::Table;

pub(super) mod source;
mod untested;

use super::manifest::{self, Sections};
use crate::Program;
pub use source::Libraries;

/// Every file of both libraries, by its path below the package of this program.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/libraries.rs"));

/// A library, by its directory in this project.
pub(super) struct Library {
    /// The name of the package, and of its directory next to a generated crate.
    pub(super) name: &'static str,
    directory: &'static str,
}

pub(super) const LIBRARIES: [Library; 2] = [
    Library { name: "clientsmith-runtime", directory: "runtime/" },
    Library { name: "clientsmith-command", directory: "command/" },
];

/// Returns the files of both libraries, by their paths below the target directory.
///
/// The version contains the name of the crate: a project with several generated crates has several copies, and Cargo
/// distinguishes packages by name and version.
pub(super) fn files(program: Program, crate_name: &str) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for library in LIBRARIES {
        library
            .write(program, crate_name, &mut files)
            .with_context(|| format!("{} cannot be written", library.name))?;
    }
    Ok(files)
}

impl Library {
    fn write(&self, program: Program, crate_name: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
        let own = |(path, text): &(&'static str, &'static str)| Some((path.strip_prefix(self.directory)?, *text));
        let sources: BTreeMap<_, _> = FILES.iter().filter_map(own).collect();
        let manifest = manifest::parse(sources.get("Cargo.toml").context("it has no manifest")?)?;
        let version = manifest::version(&manifest)?;
        let own_version = format!("{version}+{}", crate_name.replace('_', "-"));
        let heading = program.heading(&format!("{} {version}", self.name));
        let tests: BTreeSet<_> = sources.iter().flat_map(|(path, text)| untested::modules(path, text)).collect();
        for (path, text) in sources {
            let text = match path.rsplit_once('.') {
                Some((_, "rs")) if untested::is_below(path, &tests) => continue,
                Some((_, "rs")) => format!("// {heading}\n{}", untested::without_tests(text)),
                Some((_, "md")) => format!("<!-- {heading} -->\n{text}"),
                _ if path == "Cargo.toml" => format!("# {heading}\n\n{}", manifest_of(&manifest, &own_version)?),
                _ => continue,
            };
            files.insert(format!("{}/{path}", self.name), text);
        }
        Ok(())
    }
}

/// Returns a library's manifest without the workspace and without tests, which are not written.
fn manifest_of(manifest: &Table, version: &str) -> Result<String> {
    let mut sections = Sections::of(manifest, &Libraries::Written("../".to_owned()))?;
    let lib = [("doctest", false), ("test", false)].map(|(key, value)| (key.to_owned(), value.into()));
    sections.insert("lib", Table::from_iter(lib));
    sections.insert("package", Table::from_iter([("version".to_owned(), version.into())]));
    Ok(sections.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_libraries_are_whole_and_need_no_workspace() -> Result<()> {
        let files = files(Program::Clientsmith, "shelf_client")?;
        for library in LIBRARIES {
            for name in ["Cargo.toml", "README.md", "src/lib.rs"] {
                assert!(files.contains_key(&format!("{}/{name}", library.name)), "{} has no {name}", library.name);
            }
        }
        for (name, text) in &files {
            assert!(crate::is_generated(text), "{name}");
            assert!(!text.contains("workspace = true") && !text.contains("[lints]"), "{name}");
            assert!(!text.contains("#[cfg(test)]\nmod"), "{name} has tests");
        }
        let manifest: Table = files["clientsmith-command/Cargo.toml"].parse()?;
        let version = format!("{}+shelf-client", env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest["package"]["version"].as_str(), Some(version.as_str()));
        let runtime = &manifest["dependencies"]["clientsmith-runtime"];
        assert_eq!(runtime["path"].as_str(), Some("../clientsmith-runtime"));
        assert_eq!(runtime["features"].as_array().map(Vec::len), Some(2));
        assert!(!manifest.contains_key("dev-dependencies"));
        Ok(())
    }
}
