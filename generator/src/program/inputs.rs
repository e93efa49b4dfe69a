//! Reads the inputs of the generator: a document, its settings and its samples.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use super::disk::{self, names_below};
use super::located::Located;
use crate::{Diagnostic, Input, Source};

/// The names of documents in a directory; the first existing one is used.
const DOCUMENTS: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];
/// The settings next to a document.
pub(super) const SETTINGS: &str = "generator.toml";
/// The size of the largest file that is read, in bytes.
const LARGEST: u64 = 50_000_000;
/// The samples next to the settings.
const SAMPLES: &str = "samples";

/// The paths of the generator's inputs.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The document.
    pub spec: Located,
    /// The settings; `None` uses the defaults.
    pub config: Option<Located>,
    /// The directory of samples, which may be missing.
    pub samples: Option<Located>,
    /// Overlays to apply to the document, in order.
    pub overlays: Vec<Located>,
    /// Whether the document may refer to files outside its directory.
    pub allow_outside: bool,
    /// Whether to leave out operations with errors.
    pub keep_going: bool,
    /// The tags whose operations are generated; all if it is empty.
    pub only: Vec<String>,
}

impl Inputs {
    /// Returns the inputs for a document, or for the document in a directory. Settings and samples default to those
    /// next to it.
    pub fn of(path: &Path, config: Option<&Path>, samples: Option<&Path>) -> Result<Self> {
        let spec = document(path)?;
        let beside = || Some(spec.with_file_name(SETTINGS)).filter(|path| path.is_file());
        let config = config.map(Path::to_owned).or_else(beside);
        let beside = || Some(config.as_ref()?.with_file_name(SAMPLES)).filter(|path| path.is_dir());
        if let Some(samples) = samples {
            ensure!(samples.is_dir(), "{} is not a directory", samples.display());
        }
        let samples = samples.map(Path::to_owned).or_else(beside);
        Ok(Self {
            spec: Located::given(spec),
            config: config.map(Located::given),
            samples: samples.map(Located::given),
            overlays: Vec::new(),
            allow_outside: false,
            keep_going: false,
            only: Vec::new(),
        })
    }

    /// Returns a document without settings and samples.
    pub(super) fn alone(path: PathBuf) -> Self {
        let spec = Located::given(path);
        Self {
            spec,
            config: None,
            samples: None,
            overlays: Vec::new(),
            allow_outside: false,
            keep_going: false,
            only: Vec::new(),
        }
    }

    /// Reads the inputs under their names in messages.
    pub fn read(&self) -> Result<Input> {
        self.read_with(Located::read)
    }

    /// Reads the inputs under their names in generated files.
    pub(super) fn read_to_record(&self) -> Result<Input> {
        self.read_with(Located::read_to_record)
    }

    fn read_with(&self, read: impl Fn(&Located) -> Result<Source>) -> Result<Input> {
        let spec = read(&self.spec)?;
        let config = match &self.config {
            Some(config) => read(config)?,
            None => Source::new(SETTINGS, ""),
        };
        let overlays = self.overlays.iter().map(&read).collect::<Result<_>>()?;
        let input = Input::new(spec, config).with_overlays(overlays).with_files(|name| self.other_file(name));
        let samples = match &self.samples {
            Some(samples) => files_of(samples)?.iter().map(&read).collect::<Result<_>>()?,
            None => Vec::new(),
        };
        Ok(Input { samples, keep_going: self.keep_going, only: self.only.clone(), ..input })
    }

    /// Reads another file of the document, named by its path relative to the document's directory.
    fn other_file(&self, name: &str) -> Result<String, String> {
        let directory = directory_of(&self.spec.path);
        let path = directory.join(name);
        let reason = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        let is_inside = || Ok(path.canonicalize()?.starts_with(directory.canonicalize()?));
        if !self.allow_outside && !is_inside().map_err(reason)? {
            return Err("it is outside the directory of the document; --allow-outside allows it".to_owned());
        }
        if path.metadata().map_err(reason)?.len() > LARGEST {
            return Err(format!("it is larger than {} MB", LARGEST / 1_000_000));
        }
        disk::read(&path, name).map(|source| source.text).map_err(|error| match error.downcast::<std::io::Error>() {
            Ok(error) if error.kind() == ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
            Ok(error) => reason(error),
            Err(error) => error.root_cause().to_string(),
        })
    }

    /// Replaces the recorded file name of a diagnostic with the name for messages.
    pub(super) fn as_shown(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let file = &mut diagnostic.place.file;
        let of_samples =
            |samples: &Located| Some(format!("{}{}", samples.shown, file.strip_prefix(&samples.recorded)?));
        let mut named = [Some(&self.spec), self.config.as_ref()].into_iter().flatten().chain(&self.overlays);
        let named = named.find(|known| known.recorded == *file);
        let shown = named.map(|known| known.shown.clone()).or_else(|| self.samples.as_ref().and_then(of_samples));
        let beside = || {
            let directory = self.spec.recorded.rsplit_once('/').map_or("", |(directory, _)| directory);
            let name = file.strip_prefix(directory)?.trim_start_matches('/');
            Some(directory_of(Path::new(&self.spec.shown)).join(name).display().to_string())
        };
        if let Some(shown) = shown.or_else(beside) {
            *file = shown;
        }
        diagnostic
    }
}

fn directory_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

/// Returns the path of a document, or of the document in a directory.
fn document(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    match document_in(path) {
        Some(document) => Ok(document),
        None => bail!("{} contains no {}", path.display(), DOCUMENTS.join(", ")),
    }
}

pub(super) fn document_in(directory: &Path) -> Option<PathBuf> {
    DOCUMENTS.iter().map(|name| directory.join(name)).find(|path| path.is_file())
}

/// Returns the files below a directory.
fn files_of(directory: &Located) -> Result<Vec<Located>> {
    let names = names_below(&directory.path, "")?;
    let located = |name: &String| Located {
        path: directory.path.join(name.trim_start_matches('/')),
        shown: format!("{}{name}", directory.shown),
        recorded: format!("{}{name}", directory.recorded),
    };
    Ok(names.iter().map(located).collect())
}
