//! The client crate's current version.

use std::fs;
use std::path::Path;

use toml::Table;

/// Returns the version in the crate's manifest, or the workspace's; `None` if there is no crate yet.
pub(crate) fn current(root: &Path) -> Option<String> {
    let manifest = |name: &str| fs::read_to_string(root.join(name)).ok()?.parse::<Table>().ok();
    let own = manifest("generated-client/Cargo.toml")?;
    let version = own.get("package")?.get("version")?;
    if let Some(version) = version.as_str() {
        return Some(version.to_owned());
    }
    let workspace = manifest("Cargo.toml")?;
    workspace.get("workspace")?.get("package")?.get("version")?.as_str().map(str::to_owned)
}
