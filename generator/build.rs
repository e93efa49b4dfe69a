//! Lists the files of the libraries that generated crates stand on, so that the program has them inside.
//!
//! The crate `include_dir` would do the same, but it does not notice new files, and it is another dependency for thirty lines.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Their directories beside this file.
const LIBRARIES: [&str; 2] = ["runtime", "command"];

fn main() -> io::Result<()> {
    let directory = |name| env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(name));
    let (root, out) = (directory("CARGO_MANIFEST_DIR")?, directory("OUT_DIR")?);
    let mut list = "&[\n".to_owned();
    for library in LIBRARIES {
        println!("cargo::rerun-if-changed={library}");
        let library = root.join(library);
        let mut files = files_below(&library.join("src"))?;
        files.extend(["Cargo.toml", "README.md"].map(|name| library.join(name)));
        for path in files {
            let name: Vec<_> =
                path.strip_prefix(&root).unwrap_or(&path).iter().map(|step| step.to_string_lossy()).collect();
            let name = name.join("/");
            // Not the path of today: a checkout may be moved together with its target directory.
            writeln!(list, r#"    ({name:?}, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", {name:?}))),"#)
                .map_err(io::Error::other)?;
        }
    }
    list.push_str("]\n");
    fs::write(out.join("libraries.rs"), list)
}

fn files_below(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let cannot_read = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", directory.display()));
    let mut paths: Vec<_> =
        fs::read_dir(directory).map_err(cannot_read)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
