//! The `aws-chunked` content encoding, in which AWS's SDKs sign or checksum a body piece by piece. Signatures and
//! trailing checksums are passed over.

use bytes::{Bytes, BytesMut};

/// Takes the chunks apart; `None` if they are not whole.
pub(super) fn decode(mut rest: &[u8]) -> Option<Bytes> {
    let mut decoded = BytesMut::with_capacity(rest.len());
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let (line, after) = (rest.get(..end)?, rest.get(end + 2..)?);
        let size = line.split(|byte| *byte == b';').next().unwrap_or(line);
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()?;
        if size == 0 {
            return Some(decoded.freeze());
        }
        decoded.extend_from_slice(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decode;

    #[test]
    fn chunks_become_the_body() {
        let signed = b"5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0;chunk-signature=cd\r\nx-amz-checksum-crc32:x\r\n\r\n";
        assert_eq!(decode(signed).unwrap(), "hello world");
        assert_eq!(decode(b"0\r\n\r\n").unwrap(), "");
    }

    #[test]
    fn what_is_cut_is_refused() {
        for cut in ["", "5", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n", "zz\r\n", "ffffffffffffffff\r\nx"] {
            assert_eq!(decode(cut.as_bytes()), None, "{cut:?}");
        }
    }
    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..60), text in "[0-9a-f]{0,18}(\r\n|;)[a-z\r\n]{0,20}") {
            decode(&bytes);
            decode(text.as_bytes());
        }
    }
}
