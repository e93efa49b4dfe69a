//! Where a generated crate takes the libraries from.

use toml::Value;

/// Where a generated crate takes the libraries from.
#[derive(Clone, Debug)]
pub enum Libraries {
    /// They are written as crates of their own; this is the path from the generated crate to the directory they are in.
    Written(String),
    /// From the registry, in this version.
    Registry(String),
}

impl Libraries {
    /// Written into the directory of the generated crate.
    pub fn inside() -> Self {
        Self::Written(String::new())
    }

    /// Where a manifest finds a library.
    pub(in crate::program) fn dependency(&self, library: &str) -> (&'static str, Value) {
        match self {
            Self::Written(path) => ("path", format!("{path}{library}").into()),
            Self::Registry(version) => ("version", version.clone().into()),
        }
    }
}
