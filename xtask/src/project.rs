//! Where things are.

use std::path::{Path, PathBuf};

/// The folder of the project; every name below is relative to it and has `/` between its steps.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    pub(crate) const SPEC: &str = "spec/openapi.yaml";
    pub(crate) const CONFIG: &str = "spec/generator.toml";
    pub(crate) const SAMPLES: &str = "spec/samples";
    /// The source folder of the client crate.
    pub(crate) const SOURCES: &str = "generated-client/src";
    /// The folder in it that holds generated files alone.
    pub(crate) const GENERATED: &str = "generated-client/src/generated";

    pub(crate) fn at(root: Option<PathBuf>) -> Self {
        let built_in = || Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        Self { root: root.unwrap_or_else(built_in) }
    }

    pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

    /// A file or folder of the project.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}
