//! Reads files named by options; `-` is standard input.

use std::fs;
use std::io::{self, Read};

use crate::inputs::Usage;

/// Reads a file or standard input as a string.
pub(crate) fn read_text(source: &str) -> Result<String, Usage> {
    String::from_utf8(read(source)?).map_err(|_| Usage(format!("{} must be UTF-8 text", name(source))))
}

pub(crate) fn name(source: &str) -> &str {
    if source == "-" { "standard input" } else { source }
}

/// Reads a file or standard input.
pub(crate) fn read(source: &str) -> Result<Vec<u8>, Usage> {
    if source != "-" {
        return fs::read(source).map_err(|error| Usage(format!("cannot read {source}: {error}")));
    }
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Usage(format!("cannot read standard input: {error}"))),
    }
}
