//! The paths of this project's files.

use std::path::{Path, PathBuf};

use generator::program::{Inputs, Located, Sources, Target};

use crate::version;

/// The project's directory; all names below are relative to it, with `/` as separator.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
}

impl Project {
    pub(crate) const SPEC: &str = "spec/openapi.yaml";
    pub(crate) const CONFIG: &str = "spec/generator.toml";
    pub(crate) const SAMPLES: &str = "spec/samples";
    /// The source directory of the client crate.
    pub(crate) const SOURCES: &str = "generated-client/src";
    pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

    pub(crate) fn at(root: Option<PathBuf>) -> Self {
        let built_in = || Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        Self { root: root.unwrap_or_else(built_in) }
    }

    /// Returns the path of a file or directory of the project.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Returns the path together with its name.
    pub(crate) fn located(&self, name: &str) -> Located {
        Located::within(&self.root, name)
    }

    /// Returns the generator's inputs for the client crate.
    pub(crate) fn inputs(&self) -> Inputs {
        Inputs {
            spec: self.located(Self::SPEC),
            config: Some(self.located(Self::CONFIG)),
            samples: Some(self.located(Self::SAMPLES)),
            overlays: Vec::new(),
            allow_outside: false,
            keep_going: false,
            only: Vec::new(),
        }
    }

    /// Returns the target of the client crate's generated files.
    pub(crate) fn sources(&self) -> Target {
        let directory = Self::SOURCES.to_owned();
        Target::Sources(Sources { root: self.root.clone(), directory, version: version::current(&self.root) })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use anyhow::Result;
    use clap::Parser;
    use toml::Table;

    use super::*;
    use crate::Arguments;

    /// The client's manifest is hand-written; the generator writes those of other crates.
    #[test]
    fn the_client_has_the_features_and_dependencies_of_generated_crates() -> Result<()> {
        let (project, directory) = (Project::at(None), tempfile::tempdir()?);
        let (spec, out) = (project.path(Project::SPEC), directory.path().display().to_string());
        let arguments = ["xtask", "generate", "--name", "other", "--spec", &spec.to_string_lossy(), "--out", &out];
        crate::run(&Arguments::try_parse_from(arguments)?, &mut Vec::new(), &mut Vec::new())?;
        let [client, other] = [project.path("generated-client"), directory.path().to_owned()]
            .map(|directory| fs::read_to_string(directory.join("Cargo.toml")).map(|text| text.parse::<Table>()));
        let (client, other) = (client??, other??);
        assert_eq!(client["features"], other["features"]);
        let names = |manifest: &Table| manifest["dependencies"].as_table().map(|all| all.keys().cloned().collect());
        let [client, other]: [Option<Vec<_>>; 2] = [&client, &other].map(names);
        assert_eq!(client, other);
        Ok(())
    }
}
