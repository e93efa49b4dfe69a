//! Where generated files go: into a crate that has files written by hand, or into a crate of their own.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::libraries::{self, LIBRARIES, Libraries};
use super::standalone::{self, Standalone};
use super::tree::Tree;
use crate::{FileSet, Input, Program, Scope};

/// Where generated files go.
#[derive(Clone, Debug)]
pub enum Target {
    /// Into a crate that has files written by hand.
    Sources(Sources),
    /// Into a crate of their own.
    Crate(Crate),
}

/// The source directory of a crate that has files written by hand.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The directory of the project.
    pub root: PathBuf,
    /// The source directory, below that of the project.
    pub directory: String,
    /// The crate's version.
    pub version: Option<String>,
}

/// A crate that consists of generated files.
#[derive(Clone, Debug)]
pub struct Crate {
    /// Its directory.
    pub out: PathBuf,
    /// Its name.
    pub name: String,
    /// Where it takes the libraries from that it stands on.
    pub libraries: Libraries,
}

impl Target {
    /// Fails if nothing can be generated there, whatever the document says.
    pub(super) fn validate(&self) -> Result<()> {
        if let Self::Crate(Crate { name, .. }) = self {
            ensure!(
                is_package_name(name),
                "`{name}` is no name for a package: use letters, digits, `-` and `_`, and begin with a letter"
            );
        }
        Ok(())
    }

    pub(super) fn scope(&self) -> Scope {
        match self {
            Self::Sources(_) => Scope::Generated,
            Self::Crate(_) => Scope::Crate,
        }
    }

    /// The directory that only generated files are in.
    pub(super) fn generated(&self) -> PathBuf {
        match self {
            Self::Sources(Sources { root, directory, .. }) => root.join(directory).join("generated"),
            Self::Crate(Crate { out, .. }) => out.join("src/generated"),
        }
    }

    /// The version of the crate, if somebody decides on it.
    pub(super) fn version(&self) -> Option<&str> {
        match self {
            Self::Sources(sources) => sources.version.as_deref(),
            Self::Crate(_) => None,
        }
    }

    /// Whether every file that is written is worth a line: not where all of them are.
    pub(super) fn lists_files(&self) -> bool {
        matches!(self, Self::Sources(_))
    }

    /// All files, where they belong.
    pub(super) fn tree(&self, input: &Input, program: Program, sources: &FileSet) -> Result<Tree> {
        match self {
            Self::Sources(Sources { root, directory, .. }) => {
                let files =
                    sources.iter().map(|(path, text)| (format!("{directory}/{path}"), text.to_owned())).collect();
                Ok(Tree {
                    root: root.clone(),
                    prefix: String::new(),
                    files,
                    owned: vec![format!("{directory}/generated")],
                })
            }
            Self::Crate(target) => target.tree(input, program, sources),
        }
    }
}

impl Crate {
    fn tree(&self, input: &Input, program: Program, sources: &FileSet) -> Result<Tree> {
        let Self { out, name, libraries } = self;
        let mut files = Standalone { name, libraries, is_root: true }.files(input, program, sources)?;
        if let Libraries::Written(_) = libraries {
            files.extend(libraries::files(program)?);
        }
        let [runtime, command] = LIBRARIES.map(|library| library.name);
        // The libraries' directories even if they are not written: what was written earlier is removed.
        Ok(Tree::of(out.clone(), files, [standalone::SOURCES, runtime, command]))
    }
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
