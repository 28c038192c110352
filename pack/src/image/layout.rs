//! Reading a layout back, as a registry and a runtime will: every blob is what its descriptor says.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use tar::Archive;

use super::blob::{CONFIG, Config, Descriptor, Index, LAYER, MANIFEST, Manifest, digest};
use crate::elf::{Elf, ElfError};

/// The longest blob that is read, in bytes: Lambda takes images of up to 10 GB, ours are a thousandth.
const LONGEST: u64 = 1 << 30;

/// What a layout holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The digest of its manifest, by which a registry knows the image.
    pub digest: String,
    /// The sum of its blobs in bytes.
    pub size: u64,
    /// The program that it runs.
    pub program: String,
    /// For which architecture.
    pub architecture: String,
}

/// What is wrong with a layout.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// A file of it cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A document of it is none.
    #[error("{what} is no such document")]
    Document {
        /// Which.
        what: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A blob that is not what its descriptor says.
    #[error("the blob {0} has another size, digest or type than its descriptor says")]
    Blob(String),
    /// There is not exactly one image of one layer.
    #[error("expected one image of one layer, found {0}")]
    Count(String),
    /// The layer does not hold the program.
    #[error("the layer holds no program {0}")]
    NoProgram(String),
    /// The program cannot run alone.
    #[error("the program cannot run")]
    Program(#[from] ElfError),
}

impl Layout {
    /// Reads the layout in `folder`, and checks it from its index to the program.
    ///
    /// # Errors
    ///
    /// A [`LayoutError`] for the first thing that is wrong.
    pub fn check(folder: &Path) -> Result<Layout, LayoutError> {
        let index: Index = document("index.json", &read(&folder.join("index.json"))?)?;
        let [named] = index.manifests.as_slice() else {
            return Err(LayoutError::Count(format!("{} images", index.manifests.len())));
        };
        let manifest = blob(folder, named, MANIFEST)?;
        let size = manifest.len() as u64;
        let manifest: Manifest = document("the manifest", &manifest)?;
        let config: Config = document("the configuration", &blob(folder, &manifest.config, CONFIG)?)?;
        let [layer] = manifest.layers.as_slice() else {
            return Err(LayoutError::Count(format!("{} layers", manifest.layers.len())));
        };
        let compressed = blob(folder, layer, LAYER)?;
        let mut tar = Vec::new();
        let unreadable = |source| LayoutError::Unreadable { path: layer.digest.clone().into(), source };
        GzDecoder::new(compressed.as_slice()).take(LONGEST).read_to_end(&mut tar).map_err(unreadable)?;
        if config.rootfs.diff_ids != [digest(&tar)] {
            return Err(LayoutError::Blob(layer.digest.clone()));
        }
        let program = config.config.entrypoint.first().cloned().unwrap_or_default();
        let bytes = in_archive(&tar, &program).map_err(unreadable)?;
        let elf = Elf::parse(&bytes.ok_or_else(|| LayoutError::NoProgram(program.clone()))?)?;
        if elf.architecture != config.architecture {
            return Err(LayoutError::Blob(manifest.config.digest));
        }
        Ok(Layout {
            digest: named.digest.clone(),
            size: size + manifest.config.size + layer.size,
            program,
            architecture: config.architecture,
        })
    }
}

fn in_archive(tar: &[u8], program: &str) -> io::Result<Option<Vec<u8>>> {
    let name = Path::new(program.trim_start_matches('/'));
    for entry in Archive::new(tar).entries()? {
        let mut entry = entry?;
        if entry.path()? == name && entry.header().mode()? & 0o111 != 0 {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

fn blob(folder: &Path, named: &Descriptor, media_type: &str) -> Result<Vec<u8>, LayoutError> {
    let wrong = || LayoutError::Blob(named.digest.clone());
    let digits = named.digest.strip_prefix("sha256:").ok_or_else(wrong)?;
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    let bytes = read(&folder.join("blobs/sha256").join(digits))?;
    if named.media_type == media_type && named.names(&bytes) { Ok(bytes) } else { Err(wrong()) }
}

fn read(path: &Path) -> Result<Vec<u8>, LayoutError> {
    fs::read(path).map_err(|source| LayoutError::Unreadable { path: path.to_owned(), source })
}

fn document<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T, LayoutError> {
    serde_json::from_slice(bytes).map_err(|source| LayoutError::Document { what: what.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::super::Image;
    use super::*;
    use crate::elf::tests::program;
    use crate::entry::Entry;
    use crate::image::ImageError;

    fn image() -> Image {
        let certificates = Entry::new("etc/ssl/certs/ca-certificates.crt", b"none".to_vec()).unwrap();
        Image::new(&[Entry::new("backend", program(62, 1)).unwrap(), certificates]).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
        image().write(&first).unwrap();
        let layout = Layout::check(&first).unwrap();
        assert_eq!((&*layout.program, &*layout.architecture), ("/backend", "amd64"));
        image().write(&second).unwrap();
        image().write(&second).unwrap();
        assert_eq!(Layout::check(&second).unwrap(), layout);
    }

    #[test]
    fn a_damaged_layout_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        image().write(folder.path().join("a").as_path()).unwrap();
        let blobs = folder.path().join("a/blobs/sha256");
        for blob in fs::read_dir(&blobs).unwrap() {
            let path = blob.unwrap().path();
            let before = fs::read(&path).unwrap();
            fs::write(&path, [before.as_slice(), b" "].concat()).unwrap();
            let error = Layout::check(&folder.path().join("a")).unwrap_err();
            assert!(matches!(error, LayoutError::Blob(_)), "{error}");
            fs::write(&path, before).unwrap();
        }
        fs::write(folder.path().join("a/index.json"), "{}").unwrap();
        assert!(matches!(Layout::check(&folder.path().join("a")), Err(LayoutError::Document { .. })));
    }

    #[test]
    fn a_dynamic_program_is_refused() {
        let entry = Entry::new("backend", program(62, 3)).unwrap();
        assert!(matches!(Image::new(&[entry]), Err(ImageError::Program { source: ElfError::Dynamic, .. })));
        assert!(matches!(Image::new(&[]), Err(ImageError::Empty)));
    }
}
