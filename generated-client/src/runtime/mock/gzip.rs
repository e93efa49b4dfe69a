//! A small body that becomes a large one.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A body, padded with white space to a size, compressed.
pub(crate) fn padded(body: &[u8], size: usize) -> io::Result<Bytes> {
    let blank = [b' '; 16 * 1024];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body)?;
    let mut left = size.saturating_sub(body.len());
    while left > 0 {
        let written = left.min(blank.len());
        encoder.write_all(&blank[..written])?;
        left -= written;
    }
    encoder.finish().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn it_is_small_and_becomes_large() {
        let body = padded(b"{}", 10_000_000).unwrap();
        assert!(body.len() < 20_000, "{} bytes", body.len());
        let mut text = String::new();
        flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text).unwrap();
        assert_eq!((text.len(), text.trim_end()), (10_000_000, "{}"));
    }
}
