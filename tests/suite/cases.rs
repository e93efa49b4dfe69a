//! Small documents on disk as generator input, and the texts expected of them.

use std::fs;
use std::path::{Path, PathBuf};

use generator::{Input, Source};
use libtest_mimic::Failed;

/// A folder of this crate.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of what lies directly in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// All files below a folder, by their path in it, sorted; none if there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<(String, String)> {
    fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
        for name in names_in(folder) {
            let (path, full) = (folder.join(&name), format!("{prefix}{name}"));
            if path.is_dir() {
                collect(&path, &format!("{full}/"), files);
            } else {
                files.push((full, read(&path)));
            }
        }
    }
    let mut files = Vec::new();
    if folder.exists() {
        collect(folder, "", &mut files);
    }
    files
}

/// The text of a file that has to be there.
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A document with its settings and samples, where it has any.
pub(crate) fn input(spec: &Path, config: &Path, samples: &Path) -> Input {
    let file_name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = if config.exists() { read(config) } else { String::new() };
    Input {
        spec: Source::new(file_name(spec), read(spec)),
        config: Source::new(file_name(config), text),
        samples: files_below(samples).into_iter().map(|(name, text)| Source::new(name, text)).collect(),
    }
}

/// Compares with a file; `BLESS=1` writes the file instead, to be read before it is committed.
pub(crate) fn expect_file(path: &Path, actual: &str) -> Result<(), Failed> {
    if std::env::var_os("BLESS").is_some() {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, actual)?;
        return Ok(());
    }
    let expected = if path.exists() { read(path) } else { String::new() };
    if expected == actual {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    Err(format!("{} differs:\n{}", path.display(), diff.unified_diff().header("expected", "actual")).into())
}
