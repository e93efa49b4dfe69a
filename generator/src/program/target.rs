//! Selects the target of generated files: a crate with handwritten files, or a standalone crate.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::libraries::{self, LIBRARIES, Libraries};
use super::standalone::{self, Standalone};
use super::tree::Tree;
use crate::{FileSet, Input, Program, Scope};

/// The target of generated files.
#[derive(Clone, Debug)]
pub enum Target {
    /// A crate with handwritten files.
    Sources(Sources),
    /// A standalone crate.
    Crate(Crate),
}

/// The source directory of a crate with handwritten files.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The directory of the project.
    pub root: PathBuf,
    /// The source directory, relative to the project.
    pub directory: String,
    /// The version of the crate.
    pub version: Option<String>,
}

/// A crate that consists of generated files.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The directory of the crate.
    pub out: PathBuf,
    /// The name of the crate.
    pub name: String,
    /// The source of the libraries.
    pub libraries: Libraries,
}

impl Target {
    /// Fails if the target is invalid for every document.
    pub(super) fn validate(&self) -> Result<()> {
        if let Self::Crate(Crate { name, .. }) = self {
            ensure!(
                is_package_name(name),
                "`{name}` is not a valid package name: use letters, digits, `-` and `_`, and start with a letter"
            );
            ensure!(
                syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok(),
                "`{name}` is a keyword of Rust, and cannot be the name of a crate: try `{name}-client`"
            );
            ensure!(
                !standalone::is_taken(name)?,
                "`{name}` is the name of a library that the crate uses: try `{name}-client`"
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

    /// Returns the name of a standalone crate.
    pub(super) fn crate_name(&self) -> Option<String> {
        match self {
            Self::Sources(_) => None,
            Self::Crate(target) => Some(target.name.clone()),
        }
    }

    /// Returns the directory that contains only generated files.
    pub(super) fn generated(&self) -> PathBuf {
        match self {
            Self::Sources(Sources { root, directory, .. }) => root.join(directory).join("generated"),
            Self::Crate(Crate { out, .. }) => out.join("src/generated"),
        }
    }

    /// Returns the version of the crate, if it is maintained by hand.
    pub(super) fn version(&self) -> Option<&str> {
        match self {
            Self::Sources(sources) => sources.version.as_deref(),
            Self::Crate(_) => None,
        }
    }

    /// Whether to list every written file. In a standalone crate, every file is generated, so the list has no use.
    pub(super) fn lists_files(&self) -> bool {
        matches!(self, Self::Sources(_))
    }

    /// Returns all files at their final paths.
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
            files.extend(libraries::files(program, name)?);
        }
        let [runtime, command] = LIBRARIES.map(|library| library.name);
        // Includes the libraries' directories even if they are not written, so that earlier copies are removed.
        Ok(Tree::of(out.clone(), files, [standalone::SOURCES, runtime, command]))
    }
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
