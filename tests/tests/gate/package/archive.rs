//! Reading and unpacking the package.

use std::fs::{self, Permissions};
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use flate2::read::DeflateDecoder;
use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive};

/// A file in the package.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) mode: u32,
    pub(super) content: Vec<u8>,
}

/// The package's bytes.
pub(super) fn bytes() -> Vec<u8> {
    fs::read(built("EDGE_AUTH_ZIP", "dist/edge-auth.zip", "make build")).unwrap()
}

/// The files in the package, in their order.
pub(super) fn entries() -> Vec<Entry> {
    let mut archive = ZipArchive::new(Cursor::new(bytes())).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index_raw(index).unwrap();
            let (name, mode, method) =
                (file.name().unwrap().into_owned(), file.unix_mode().unwrap(), file.compression());
            let (mut raw, mut content) = (Vec::new(), Vec::new());
            file.read_to_end(&mut raw).unwrap();
            match method {
                CompressionMethod::Stored => content = raw,
                CompressionMethod::Deflated => {
                    DeflateDecoder::new(raw.as_slice()).read_to_end(&mut content).unwrap();
                }
                other => panic!("{name} is compressed by {other}, which Lambda may not read"),
            }
            Entry { name, mode, content }
        })
        .collect()
}

/// The package, unpacked as Lambda does.
pub(super) fn unpack() -> TempDir {
    let folder = TempDir::new().unwrap();
    for Entry { name, mode, content } in entries() {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode & 0o777)).unwrap();
    }
    folder
}

/// What a variable names, or what stands at its place in the checkout.
pub(super) fn built(variable: &str, place: &str, made_by: &str) -> PathBuf {
    let in_checkout = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(place);
    let path = std::env::var_os(variable).map_or(in_checkout, PathBuf::from);
    assert!(path.is_file(), "{} is missing: make it with `{made_by}`", path.display());
    path
}
