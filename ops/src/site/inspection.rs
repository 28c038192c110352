//! What a file's bytes say: their digests, and what its name alone cannot tell.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use md5::{Digest as _, Md5};
use ring::digest::{Context, SHA256};

use super::hashing::hex;

/// How much of a file is looked at for what it declares, in bytes (HTML standard, "prescan a byte stream": 1,024).
const START: usize = 1_024;
/// The distance between two sync bytes of an MPEG transport stream.
const PACKET: usize = 188;

/// What a file's bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inspection {
    /// Its SHA-256 digest, in hexadecimal digits.
    pub(super) sha256: String,
    /// Its MD5 digest, the same.
    pub(super) md5: String,
    /// Whether its bytes are UTF-8.
    pub(super) is_utf8: bool,
    /// The encoding that the document itself declares, in lower case.
    pub(super) declared: Option<String>,
    /// Whether it is an MPEG transport stream, which shares its extension with TypeScript.
    pub(super) is_transport_stream: bool,
    /// Whether it is compressed with gzip.
    pub(super) is_gzip: bool,
    /// Whether it is JSON by its first character: for files without an extension.
    pub(super) is_json: bool,
}

impl Inspection {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> io::Result<Inspection> {
        let mut file = File::open(path)?;
        let mut looking = Looking::new();
        let mut buffer = vec![0; 64 * 1_024];
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                return Ok(looking.finish());
            }
            looking.look(buffer.get(..count).unwrap_or_default());
        }
    }

    #[cfg(test)]
    pub(super) fn of_bytes(bytes: &[u8]) -> Inspection {
        let mut looking = Looking::new();
        looking.look(bytes);
        looking.finish()
    }
}

struct Looking {
    sha256: Context,
    md5: Md5,
    start: Vec<u8>,
    /// Bytes of a character that goes on in the next piece; none where the bytes are no UTF-8.
    rest: Option<Vec<u8>>,
}

impl Looking {
    fn new() -> Looking {
        Looking {
            sha256: Context::new(&SHA256),
            md5: Md5::new(),
            start: Vec::with_capacity(START),
            rest: Some(Vec::new()),
        }
    }

    fn look(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.md5.update(bytes);
        let room = START.saturating_sub(self.start.len()).min(bytes.len());
        self.start.extend_from_slice(bytes.get(..room).unwrap_or_default());
        if let Some(rest) = self.rest.take() {
            let whole = [rest.as_slice(), bytes].concat();
            self.rest = match std::str::from_utf8(&whole) {
                Ok(_) => Some(Vec::new()),
                Err(error) if error.error_len().is_none() => {
                    whole.get(error.valid_up_to()..).map(<[u8]>::to_vec)
                }
                Err(_) => None,
            };
        }
    }

    fn finish(self) -> Inspection {
        let start = self.start;
        Inspection {
            sha256: hex(self.sha256.finish().as_ref()),
            md5: hex(self.md5.finalize().as_slice()),
            is_utf8: self.rest.is_some_and(|rest| rest.is_empty()),
            declared: declared(&start),
            is_transport_stream: start.first() == Some(&0x47) && start.get(PACKET) == Some(&0x47),
            is_gzip: start.starts_with(&[0x1f, 0x8b]),
            is_json: start
                .iter()
                .find(|byte| !byte.is_ascii_whitespace())
                .is_some_and(|byte| b"{[".contains(byte)),
        }
    }
}

/// The encoding of an XML declaration or a `<meta>` element.
fn declared(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let after = match text.trim_start().strip_prefix("<?xml") {
        Some(declaration) => declaration.split_once("?>")?.0.split_once("encoding=")?.1.to_owned(),
        None => text.split_once("<meta")?.1.split_once("charset=")?.1.to_owned(),
    };
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|next| next.is_ascii_alphanumeric() || "-_:.".contains(*next))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: &[u8]) -> Inspection {
        Inspection::of_bytes(bytes)
    }

    #[test]
    fn declarations_are_read() {
        let declared = |text: &str| look(text.as_bytes()).declared;
        assert_eq!(
            declared("<?xml version='1.0' encoding='ISO-8859-1'?><rss/>").as_deref(),
            Some("iso-8859-1")
        );
        assert_eq!(declared("<html><meta charset=windows-1252>").as_deref(), Some("windows-1252"));
        let old = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=ISO-8859-1\">";
        assert_eq!(declared(old).as_deref(), Some("iso-8859-1"));
        assert_eq!(declared("<p>charset=x</p>"), None);
        assert_eq!(declared("<?xml version='1.0'?><a encoding='x'/>"), None);
    }

    #[test]
    fn characters_may_be_cut_between_two_pieces() {
        let mut looking = Looking::new();
        looking.look(b"caf\xc3");
        looking.look(b"\xa9");
        assert!(looking.finish().is_utf8);
        assert!(!look(b"caf\xe9").is_utf8 && !look(b"caf\xc3").is_utf8);
    }
}
