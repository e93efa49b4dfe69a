//! JSON lines: one line per row, as the API sent it.

use std::io::{self, BufRead};

use super::known_keys::{KnownKeys, key_of};

pub(super) fn write(row: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(row.as_bytes());
    out.push(b'\n');
}

/// Returns the keys of the rows in a file.
pub(super) fn keys(mut from: impl BufRead, key: &str) -> io::Result<KnownKeys> {
    let mut known = KnownKeys::default();
    let mut line = String::new();
    while from.read_line(&mut line)? > 0 {
        if let Some(key) = key_of(line.trim_end(), key) {
            known.insert(key.as_bytes());
        }
        line.clear();
    }
    Ok(known)
}
