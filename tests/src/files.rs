//! Small documents on disk as generator input, and their expected output.

use std::fs;
use std::path::{Path, PathBuf};

use generator::{Input, Source};

/// Returns a directory of this crate.
pub fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the names of a directory's entries, sorted.
pub fn names_in(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Returns all files below a directory with their relative paths, sorted; none if the directory does not exist.
pub fn files_below(directory: &Path) -> Vec<(String, String)> {
    fn collect(directory: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
        for name in names_in(directory) {
            let (path, full) = (directory.join(&name), format!("{prefix}{name}"));
            if path.is_dir() {
                collect(&path, &format!("{full}/"), files);
            } else {
                files.push((full, read(&path)));
            }
        }
    }
    let mut files = Vec::new();
    if directory.exists() {
        collect(directory, "", &mut files);
    }
    files
}

/// Returns the text of a file that must exist.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a document with its settings and samples, if it has any.
pub fn input(spec: &Path, config: &Path, samples: &Path) -> Input {
    let file_name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = if config.exists() { read(config) } else { String::new() };
    let (spec_source, config) = (Source::new(file_name(spec), read(spec)), Source::new(file_name(config), text));
    let samples = files_below(samples).into_iter().map(|(name, text)| Source::new(name, text)).collect();
    let beside =
        |name: &str| fs::read_to_string(spec.with_file_name(name)).map_err(|_| "there is no such file".to_owned());
    let overlay = spec.with_extension("overlay.yml");
    let overlays = overlay.exists().then(|| Source::new(file_name(&overlay), read(&overlay)));
    let input = Input::new(spec_source, config).with_overlays(overlays.into_iter().collect());
    Input { samples, ..input.with_files(beside) }
}

/// Returns a document without the operations of payouts.
pub fn without_payouts(spec: &str) -> String {
    let start = spec.find("  /payouts:\n").expect("the document has payouts");
    let length = spec[start..].find("\n\n#").expect("payouts are the last of the paths");
    format!("{}{}", &spec[..start], &spec[start + length..])
}

/// Compares a text with a file; `UPDATE_EXPECT=1` writes the file instead. Review the difference before committing.
#[track_caller]
pub fn expect_file(path: &Path, actual: &str) {
    let file = expect_test::expect_file![path];
    if is_updating() {
        fs::create_dir_all(path.parent().unwrap_or(path)).expect("a directory for the file");
        return file.assert_eq(actual);
    }
    // `expect-test` would print both texts in full, which are thousands of lines.
    let expected = file.data();
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    let diff = diff.unified_diff().header("expected", "actual").to_string();
    assert!(expected == actual, "{} differs; UPDATE_EXPECT=1 accepts it:\n{diff}", path.display());
}

/// Whether expected files are updated, by the variable that `expect-test` also reads.
pub fn is_updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// Returns the target directory of this test.
pub fn target_directory() -> PathBuf {
    let executable = std::env::current_exe().expect("the path of this test");
    executable.ancestors().nth(3).expect("the test is in a target directory").to_owned()
}
