//! Making an image.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::blob::{CONFIG, Config, Descriptor, Execution, INDEX, Index, LAYER, MANIFEST, Manifest};
use super::blob::{Platform, RootFs, digest};
use super::layer;
use crate::elf::{Elf, ElfError};
use crate::entry::Entry;

/// Nobody: a server in an image needs no rights. Lambda runs every image as a user of its own.
const USER: &str = "65532:65532";

/// An image in memory.
#[derive(Debug, Clone)]
pub struct Image {
    index: Vec<u8>,
    blobs: Vec<(Descriptor, Vec<u8>)>,
}

/// Why there is no image.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The program cannot run alone.
    #[error("{name} cannot be the program of an image")]
    Program {
        /// Its name in the image.
        name: String,
        /// Why not.
        source: ElfError,
    },
    /// There is nothing to run.
    #[error("an image needs a program, and there is none")]
    Empty,
    /// The layer or a document could not be made.
    #[error("cannot make the image")]
    Making(#[source] io::Error),
    /// It could not be written to its place.
    #[error("cannot write the image {}", path.display())]
    Output {
        /// Where it was to be.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
}

impl Image {
    /// An image of these files, the first of which is the program that it runs.
    ///
    /// # Errors
    ///
    /// When the program is not static, or the layer cannot be made.
    pub fn new(entries: &[Entry]) -> Result<Image, ImageError> {
        let program = entries.first().ok_or(ImageError::Empty)?;
        let elf = Elf::parse(program.bytes())
            .map_err(|source| ImageError::Program { name: program.name().to_owned(), source })?;
        let tar = layer::archive(entries).map_err(ImageError::Making)?;
        let compressed = layer::compressed(&tar).map_err(ImageError::Making)?;
        let layer = Descriptor::of(LAYER, &compressed);
        let config = json(&Config {
            architecture: elf.architecture.to_owned(),
            os: "linux".to_owned(),
            config: Execution { user: USER.to_owned(), entrypoint: vec![format!("/{}", program.name())] },
            rootfs: RootFs { kind: "layers".to_owned(), diff_ids: vec![digest(&tar)] },
        })?;
        let config_descriptor = Descriptor::of(CONFIG, &config);
        let manifest = json(&Manifest {
            schema_version: 2,
            media_type: MANIFEST.to_owned(),
            config: config_descriptor.clone(),
            layers: vec![layer.clone()],
        })?;
        let platform = Platform { architecture: elf.architecture.to_owned(), os: "linux".to_owned() };
        let named = Descriptor { platform: Some(platform), ..Descriptor::of(MANIFEST, &manifest) };
        let index =
            json(&Index { schema_version: 2, media_type: INDEX.to_owned(), manifests: vec![named.clone()] })?;
        let blobs = vec![(layer, compressed), (config_descriptor, config), (named, manifest)];
        Ok(Image { index, blobs })
    }

    /// Writes it as a layout into the folder `out`, in the place of one that was there.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, out: &Path) -> Result<(), ImageError> {
        self.place(out).map_err(|source| ImageError::Output { path: out.to_owned(), source })
    }

    fn place(&self, out: &Path) -> io::Result<()> {
        let unfinished = out.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        let blobs = unfinished.join("blobs/sha256");
        fs::create_dir_all(&blobs)?;
        for (descriptor, bytes) in &self.blobs {
            fs::write(blobs.join(descriptor.digest.trim_start_matches("sha256:")), bytes)?;
        }
        fs::write(unfinished.join("index.json"), &self.index)?;
        fs::write(unfinished.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)?;
        if out.exists() {
            fs::remove_dir_all(out)?;
        }
        fs::rename(unfinished, out)
    }
}

fn json(document: &impl Serialize) -> Result<Vec<u8>, ImageError> {
    serde_json::to_vec(document).map_err(|error| ImageError::Making(error.into()))
}
