//! The bytes of an object: read, compressed where that was planned, and known by their digest before they are sent.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use delivery::Body;
use md5::{Digest as _, Md5};
use ring::digest::{Context, SHA256, digest};

use super::error::SiteError;
use super::folder::LocalFile;
use super::hashing::hex;
use super::headers::Encoding;

/// Compressing has to save more than a twentieth, or the file is stored as it is.
const WORTH: (usize, usize) = (19, 20);

/// The MD5 digest of what is stored: S3 checks it on arrival, and it is the object's entity tag unless the bucket
/// encrypts with a key of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// As an entity tag has it.
    pub(super) hex: String,
    /// As `Content-MD5` has it.
    pub(super) base64: String,
}

/// The bytes of an object, ready to be sent.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) fingerprint: Fingerprint,
    pub(super) encoding: Encoding,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// Compressed; kept in memory, because compressing takes longer than sending.
    Memory(Vec<u8>),
    File(PathBuf),
}

impl Content {
    /// Reads a file that was hashed before, and compresses it where that was planned. This blocks.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no longer what was hashed.
    pub(super) fn read(file: &LocalFile) -> Result<Content, SiteError> {
        let unreadable = |source| SiteError::Unreadable { path: file.path.clone(), source };
        let (bytes, fingerprint, sha256) = if file.compress {
            let bytes = std::fs::read(&file.path).map_err(unreadable)?;
            let (fingerprint, sha256) = (Fingerprint::of(&bytes), hex(digest(&SHA256, &bytes).as_ref()));
            (Some(bytes), fingerprint, sha256)
        } else {
            let (fingerprint, sha256) = digests(&file.path).map_err(unreadable)?;
            (None, fingerprint, sha256)
        };
        if sha256 != file.sha256 {
            return Err(SiteError::FileChanged { path: file.path.clone() });
        }
        let plain = |encoding| Content { fingerprint, encoding, source: Source::File(file.path.clone()) };
        let Some(bytes) = bytes else { return Ok(plain(Encoding::Plain)) };
        let smaller = brotli(&bytes).ok().filter(|small| small.len() * WORTH.1 < bytes.len() * WORTH.0);
        Ok(match smaller {
            None => plain(Encoding::Incompressible),
            Some(small) => Content {
                fingerprint: Fingerprint::of(&small),
                encoding: Encoding::Brotli,
                source: Source::Memory(small),
            },
        })
    }

    /// The bytes to send.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened any more.
    pub(super) async fn body(self) -> Result<Body, SiteError> {
        match self.source {
            Source::Memory(bytes) => Ok(Body::bytes(bytes)),
            Source::File(path) => {
                let body = Body::file(&path).await;
                body.map_err(|source| SiteError::Unreadable { path, source })
            }
        }
    }
}

impl Fingerprint {
    pub(super) fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint::from(Md5::digest(bytes).as_slice())
    }

    fn from(digest: &[u8]) -> Fingerprint {
        Fingerprint { hex: hex(digest), base64: STANDARD.encode(digest) }
    }
}

fn digests(path: &Path) -> io::Result<(Fingerprint, String)> {
    let mut file = File::open(path)?;
    let (mut md5, mut sha256) = (Md5::new(), Context::new(&SHA256));
    let mut buffer = vec![0; 64 * 1_024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((Fingerprint::from(md5.finalize().as_slice()), hex(sha256.finish().as_ref())));
        }
        let read = buffer.get(..count).unwrap_or_default();
        md5.update(read);
        sha256.update(read);
    }
}

/// The best that brotli can do; the same bytes always give the same.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut small = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut small, 64 * 1_024, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::headers::tests::{headers, kind};

    fn file(folder: &Path, bytes: &[u8], compress: bool) -> LocalFile {
        let path = folder.join("a-0123456a.js");
        std::fs::write(&path, bytes).unwrap();
        LocalFile {
            key: "a-0123456a.js".into(),
            path,
            size: bytes.len() as u64,
            sha256: hex(digest(&SHA256, bytes).as_ref()),
            headers: headers("a-0123456a.js"),
            kind: kind("a-0123456a.js"),
            compress,
        }
    }

    #[test]
    fn what_brotli_makes_smaller_is_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let text = "let a = 1;\n".repeat(200);
        let content = Content::read(&file(folder.path(), text.as_bytes(), true)).unwrap();
        assert_eq!(content.encoding, Encoding::Brotli);
        let Source::Memory(small) = &content.source else { panic!("not in memory") };
        assert!(small.len() < 100 && content.fingerprint == Fingerprint::of(small));
        let mut back = Vec::new();
        brotli::Decompressor::new(small.as_slice(), 4_096).read_to_end(&mut back).unwrap();
        assert_eq!(back, text.as_bytes());

        let noise: Vec<u8> = (0..64u8).flat_map(|n| digest(&SHA256, &[n]).as_ref().to_vec()).collect();
        let content = Content::read(&file(folder.path(), &noise, true)).unwrap();
        assert_eq!(
            (content.encoding, content.fingerprint),
            (Encoding::Incompressible, Fingerprint::of(&noise))
        );
        let content = Content::read(&file(folder.path(), text.as_bytes(), false)).unwrap();
        assert_eq!(
            (content.encoding, content.fingerprint),
            (Encoding::Plain, Fingerprint::of(text.as_bytes()))
        );
    }

    #[test]
    fn a_file_that_changes_during_a_deploy_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        for compress in [true, false] {
            let file = file(folder.path(), b"before", compress);
            std::fs::write(&file.path, "after").unwrap();
            assert!(matches!(Content::read(&file), Err(SiteError::FileChanged { .. })));
            std::fs::remove_file(&file.path).unwrap();
            assert!(matches!(Content::read(&file), Err(SiteError::Unreadable { .. })));
        }
    }

    #[test]
    fn a_fingerprint_is_md5_in_both_spellings() {
        let empty = Fingerprint::of(b"");
        assert_eq!(
            (&*empty.hex, &*empty.base64),
            ("d41d8cd98f00b204e9800998ecf8427e", "1B2M2Y8AsgTpgAmY7PhCfg==")
        );
    }
}
