//! The `aws-chunked` content encoding, in which AWS's SDKs sign or checksum a body piece by piece. Signatures are passed
//! over; what trails the body is kept.

use bytes::{Bytes, BytesMut};

/// A body without its chunks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) body: Bytes,
    /// The fields behind the last chunk, such as `x-amz-checksum-crc32`.
    pub(super) trailers: Vec<(String, String)>,
}

/// Takes the chunks apart; `None` if they are not whole.
pub(super) fn decode(mut rest: &[u8]) -> Option<Decoded> {
    let mut body = BytesMut::with_capacity(rest.len());
    loop {
        let (line, after) = split_line(rest)?;
        let size = line.split(|byte| *byte == b';').next().unwrap_or(line);
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()?;
        if size == 0 {
            return Some(Decoded { body: body.freeze(), trailers: trailers(after)? });
        }
        body.extend_from_slice(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

/// The fields up to an empty line.
fn trailers(mut rest: &[u8]) -> Option<Vec<(String, String)>> {
    let mut fields = Vec::new();
    loop {
        let (line, after) = split_line(rest)?;
        if line.is_empty() {
            return Some(fields);
        }
        let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
        fields.push((name.trim().to_owned(), value.trim().to_owned()));
        rest = after;
    }
}

fn split_line(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
    Some((rest.get(..end)?, rest.get(end + 2..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decode;

    #[test]
    fn chunks_become_the_body() {
        let signed = b"5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0;chunk-signature=cd\r\nx-amz-checksum-crc32:x==\r\n\r\n";
        let decoded = decode(signed).unwrap();
        assert_eq!(decoded.body, "hello world");
        assert_eq!(decoded.trailers, [("x-amz-checksum-crc32".to_owned(), "x==".to_owned())]);
        assert_eq!(decode(b"0\r\n\r\n").unwrap(), Default::default());
    }

    #[test]
    fn what_is_cut_is_refused() {
        let cuts = ["", "5", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n", "zz\r\n", "ffffffffffffffff\r\nx"];
        for cut in cuts.into_iter().chain(["0\r\n", "0\r\nname\r\n\r\n", "0\r\nname:value\r\n"]) {
            assert_eq!(decode(cut.as_bytes()), None, "{cut:?}");
        }
    }
    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..60), text in "[0-9a-f]{0,18}(\r\n|;)[a-z:\r\n]{0,20}") {
            decode(&bytes);
            decode(text.as_bytes());
        }
    }
}
