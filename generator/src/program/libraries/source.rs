//! Describes where a generated crate takes its libraries from.

use toml::Value;

/// The source of a generated crate's libraries.
#[derive(Clone, Debug)]
pub enum Libraries {
    /// Written as separate crates, at this path from the generated crate to their parent directory.
    Written(String),
    /// From the registry, in this version.
    Registry(String),
}

impl Libraries {
    /// Returns libraries written into the directory of the generated crate.
    pub fn inside() -> Self {
        Self::Written(String::new())
    }

    /// Returns the key and the value of a dependency on a library in a manifest.
    pub(in crate::program) fn dependency(&self, library: &str) -> (&'static str, Value) {
        match self {
            Self::Written(path) => ("path", format!("{path}{library}").into()),
            Self::Registry(version) => ("version", version.clone().into()),
        }
    }
}
