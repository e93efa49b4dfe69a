//! Turns a manifest of this project's workspace into one without a workspace.

use std::fmt;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::libraries::source::Libraries;

/// The workspace manifest, with the entries that members inherit.
const WORKSPACE: &str = include_str!("../../../Cargo.toml");
/// The prefix of dependencies on the libraries.
const OWN: &str = "clientsmith-";
/// The sections of a manifest, in output order.
const ORDER: [&str; 7] = ["package", "lib", "bin", "features", "dependencies", "dev-dependencies", "workspace"];

/// A manifest by its sections.
pub(super) struct Sections(Table);

/// Parses a manifest.
pub(super) fn parse(text: &str) -> Result<Table> {
    text.parse().context("not a manifest")
}

/// Returns the version of a package, which may be inherited from the workspace.
pub(super) fn version(manifest: &Table) -> Result<String> {
    let package = manifest.get("package").and_then(Value::as_table).context("a manifest without a package")?;
    let version = of_workspace(package, &shared(&parse(WORKSPACE)?, "package"));
    Ok(version.get("version").and_then(Value::as_str).context("a package without a version")?.to_owned())
}

impl Sections {
    /// Returns the sections that a crate needs, with all inherited entries resolved.
    pub(super) fn of(manifest: &Table, libraries: &Libraries) -> Result<Self> {
        let workspace = parse(WORKSPACE)?;
        let mut sections = Table::new();
        if let Some(package) = manifest.get("package").and_then(Value::as_table) {
            let mut package = of_workspace(package, &shared(&workspace, "package"));
            package.remove("metadata");
            sections.insert("package".to_owned(), package.into());
        }
        if let Some(features) = manifest.get("features") {
            sections.insert("features".to_owned(), features.clone());
        }
        let dependencies = dependencies(manifest, "dependencies", &workspace, libraries);
        sections.insert("dependencies".to_owned(), dependencies.into());
        Ok(Self(sections))
    }

    /// Returns the same sections with the dependencies of tests and examples.
    pub(super) fn with_tests(manifest: &Table, libraries: &Libraries) -> Result<Self> {
        let mut sections = Self::of(manifest, libraries)?;
        let tests = dependencies(manifest, "dev-dependencies", &parse(WORKSPACE)?, libraries);
        sections.insert("dev-dependencies", tests);
        Ok(sections)
    }

    /// Adds an item to lists of a section.
    pub(super) fn extend_lists(&mut self, section: &str, keys: &[&str], item: &str) {
        let Some(section) = self.0.get_mut(section).and_then(Value::as_table_mut) else { return };
        for key in keys {
            if let Some(list) = section.get_mut(*key).and_then(Value::as_array_mut) {
                list.push(item.into());
            }
        }
    }

    /// Adds entries to a section.
    pub(super) fn insert(&mut self, section: &str, entries: Table) {
        if let Value::Table(section) = self.0.entry(section).or_insert_with(|| Table::new().into()) {
            section.extend(entries);
        }
    }
}

impl fmt::Display for Sections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        for name in ORDER {
            let Some(section) = self.0.get(name).and_then(Value::as_table) else { continue };
            let heading = if name == "bin" { format!("[[{name}]]") } else { format!("[{name}]") };
            writeln!(f, "{space}{heading}")?;
            for (key, value) in section {
                writeln!(f, "{key} = {value}")?;
            }
            space = "\n";
        }
        Ok(())
    }
}

fn shared(workspace: &Table, section: &str) -> Table {
    workspace["workspace"].get(section).and_then(Value::as_table).cloned().unwrap_or_default()
}

/// Returns the entries of a package, with those of the workspace resolved.
fn of_workspace(package: &Table, shared: &Table) -> Table {
    let entry = |(key, value): (&String, &Value)| {
        let is_shared = value.get("workspace").and_then(Value::as_bool) == Some(true);
        Some((key.clone(), if is_shared { shared.get(key)?.clone() } else { value.clone() }))
    };
    package.iter().filter_map(entry).collect()
}

fn dependencies(manifest: &Table, section: &str, workspace: &Table, libraries: &Libraries) -> Table {
    let shared = shared(workspace, "dependencies");
    let written = manifest.get(section).and_then(Value::as_table).into_iter().flatten();
    written.map(|(name, value)| (name.clone(), dependency(name, value, shared.get(name), libraries))).collect()
}

/// Returns a dependency with its workspace entries; a version alone is written as a string.
fn dependency(name: &str, value: &Value, shared: Option<&Value>, libraries: &Libraries) -> Value {
    let mut whole = as_table(shared);
    let mut own = as_table(Some(value));
    own.remove("workspace");
    // A member adds features to those of the workspace, and overrides everything else.
    if let (Some(Value::Array(all)), Some(Value::Array(more))) = (whole.get_mut("features"), own.get("features")) {
        all.extend(more.iter().filter(|feature| !all.contains(feature)).cloned().collect::<Vec<_>>());
        own.remove("features");
    }
    whole.extend(own);
    if name.starts_with(OWN) {
        whole.remove("path");
        whole.remove("version");
        let (key, place) = libraries.dependency(name);
        whole.insert(key.to_owned(), place);
    }
    match (whole.len(), whole.get("version")) {
        (1, Some(version)) => version.clone(),
        _ => whole.into(),
    }
}

fn as_table(dependency: Option<&Value>) -> Table {
    match dependency {
        Some(Value::Table(dependency)) => dependency.clone(),
        Some(version) => Table::from_iter([("version".to_owned(), version.clone())]),
        None => Table::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_workspace_says_is_written_out() -> Result<()> {
        let manifest = parse(
            "package = { name = 'a', edition.workspace = true, publish = false }\nlints.workspace = true\n\
             dependencies = { serde_json = { workspace = true, features = ['raw_value'], optional = true }, \
             clientsmith-runtime.workspace = true, other = '1' }\ndev-dependencies.tempfile.workspace = true",
        )?;
        let sections = Sections::of(&manifest, &Libraries::Registry("0.9".to_owned()))?;
        let written: Table = sections.to_string().parse()?;
        assert_eq!(written["package"]["edition"].as_str(), Some("2024"));
        let json = &written["dependencies"]["serde_json"];
        assert_eq!(json["features"].to_string(), r#"["float_roundtrip", "raw_value"]"#);
        assert_eq!(json["optional"].as_bool(), Some(true));
        assert_eq!(written["dependencies"]["clientsmith-runtime"].as_str(), Some("0.9"));
        assert_eq!(written["dependencies"]["other"].as_str(), Some("1"));
        assert_eq!(written.keys().collect::<Vec<_>>(), ["dependencies", "package"]);
        Ok(())
    }
}
