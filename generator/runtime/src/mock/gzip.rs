//! Compresses a small body that expands to a large one.

use std::io;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// A gzip header without a name or a time.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
/// The white space compressed at a time.
static BLOCK: [u8; 64 * 1024] = [b' '; 64 * 1024];

/// Compresses a body padded with white space to this size. One block of padding is compressed once and then copied,
/// which saves memory and time.
pub(crate) fn padded(body: &[u8], size: usize) -> io::Result<Bytes> {
    let padding = size.saturating_sub(body.len());
    let (blocks, rest) = (padding / BLOCK.len(), &BLOCK[..padding % BLOCK.len()]);
    let mut stream = Compress::new(Compression::best(), false);
    let mut out = HEADER.to_vec();
    let mut sum = Crc::new();
    for part in [body, rest] {
        sum.update(part);
        out.extend(compressed(&mut stream, part, FlushCompress::Full)?);
    }
    if blocks > 0 {
        let mut of_block = Crc::new();
        of_block.update(&BLOCK);
        // After a full flush, no data refers to earlier data.
        let block = compressed(&mut stream, &BLOCK, FlushCompress::Full)?;
        for _ in 0..blocks {
            sum.combine(&of_block);
            out.extend_from_slice(&block);
        }
    }
    out.extend(compressed(&mut stream, &[], FlushCompress::Finish)?);
    out.extend(sum.sum().to_le_bytes());
    out.extend(sum.amount().to_le_bytes());
    Ok(out.into())
}

fn compressed(stream: &mut Compress, part: &[u8], flush: FlushCompress) -> io::Result<Vec<u8>> {
    // Enough for incompressible data.
    let mut out = Vec::with_capacity(part.len() + part.len() / 8 + 1024);
    stream.compress_vec(part, &mut out, flush)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn it_is_small_and_becomes_large() {
        for size in [0, 2, 3, BLOCK.len(), BLOCK.len() + 2, 10_000_000] {
            let body = padded(b"{}", size).unwrap();
            assert!(body.len() < 30_000, "{} bytes", body.len());
            let mut text = String::new();
            flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text).unwrap();
            assert_eq!((text.len(), text.trim_end()), (size.max(2), "{}"));
        }
    }

    #[test]
    fn what_cannot_become_smaller_is_carried_too() {
        let mut noise = vec![0; 200_000];
        fastrand::Rng::with_seed(1).fill(&mut noise);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&padded(&noise, 0).unwrap()[..]).read_to_end(&mut read).unwrap();
        assert!(read == noise);
    }
}
