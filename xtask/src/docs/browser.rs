//! Tests the site in Chromium: `test.mjs` uses it as a reader would.

use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::modules::Modules;
use super::{page, redoc};
use crate::Outcome;
use crate::tools::Node;

const PROGRAMS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
/// The variable that overrides the program.
const VARIABLE: &str = "CHROMIUM";

/// An installed browser.
pub(super) struct Browser {
    program: PathBuf,
}

impl Browser {
    pub(super) fn find() -> Result<Self> {
        let named = std::env::var_os(VARIABLE).map(PathBuf::from);
        match named.or_else(|| PROGRAMS.iter().find_map(|program| installed(program))) {
            Some(program) if program.is_file() => Ok(Self { program }),
            Some(program) => bail!("{VARIABLE} is {}, which is not a program", program.display()),
            None => bail!(
                "the test of the site needs Chromium: install it (on Debian: apt-get install chromium), or set {VARIABLE} to \
                 the program, and run this again"
            ),
        }
    }

    /// Tests the site at `url`; the checks are written to `out`, the errors to `err`.
    pub(super) fn test(
        &self,
        url: &str,
        node: &Node,
        modules: &Modules,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<Outcome> {
        // Node resolves modules relative to the script.
        let script = modules.beside("test.mjs");
        fs::write(&script, include_str!("test.mjs")).with_context(|| format!("cannot write {}", script.display()))?;
        let screenshots = modules.directory().join("screenshots");
        fs::create_dir_all(&screenshots).with_context(|| format!("cannot create {}", screenshots.display()))?;
        let mut command = node.node.command();
        command.arg(script).arg(&self.program).args([url, page::REFERENCE, redoc::DOCUMENT]).arg(&screenshots);
        let ended = command.output().context("cannot start Node")?;
        out.write_all(&ended.stdout)?;
        err.write_all(&ended.stderr)?;
        Ok(if ended.status.success() { Outcome::Done } else { Outcome::Rejected })
    }
}

/// Returns the path of a program in `PATH`.
fn installed(name: &str) -> Option<PathBuf> {
    let directories = std::env::var_os("PATH")?;
    let programs =
        std::env::split_paths(&directories).map(|directory| directory.join(name).with_extension(EXE_EXTENSION));
    programs.into_iter().find(|program| program.is_file())
}
