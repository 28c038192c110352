//! The one layer of an image: a tar archive without times and owners, compressed.

use std::collections::BTreeSet;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

use crate::entry::Entry;

/// The tar archive of these files, and of the folders that they lie in.
pub(super) fn archive(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut tar = Builder::new(Vec::new());
    for folder in folders(entries) {
        let mut header = header(0o755, 0);
        header.set_entry_type(EntryType::Directory);
        tar.append_data(&mut header, format!("{folder}/"), io::empty())?;
    }
    for entry in entries {
        let mut header = header(entry.mode(), entry.bytes().len() as u64);
        tar.append_data(&mut header, entry.name(), entry.bytes())?;
    }
    tar.into_inner()
}

/// gzip with no time and no name in it.
pub(super) fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    gzip.finish()
}

fn header(mode: u32, size: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_mode(mode);
    header.set_size(size);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}

fn folders(entries: &[Entry]) -> BTreeSet<&str> {
    entries
        .iter()
        .flat_map(|entry| entry.name().match_indices('/').filter_map(|(end, _)| entry.name().get(..end)))
        .collect()
}
