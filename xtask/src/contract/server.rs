//! A server program that runs until its value is dropped, with its output in a file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The time limit for a server to start listening.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    pub(super) fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stderr(file.try_clone()?).stdout(file);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("cannot start {program}"))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// Waits for the line with the server's address, and returns the text after `announcement`.
    pub(super) fn address(&mut self, announcement: &str) -> Result<String> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            // Checks the process before the log, so that the log has everything that an ended process wrote.
            let ended = self.child.try_wait()?;
            let log = self.log()?;
            if let Some(status) = ended {
                bail!("the server ended with {status}\n{log}");
            }
            if let Some((address, _)) = log.split_once(announcement).and_then(|(_, rest)| rest.split_once('\n')) {
                return Ok(address.trim().to_owned());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("the server did not listen within {} seconds\n{}", PATIENCE.as_secs(), self.log()?)
    }

    /// Returns the output so far.
    pub(super) fn log(&self) -> Result<String> {
        let bytes = fs::read(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
