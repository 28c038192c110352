//! The configuration inside a deployed package.

use std::io::{Cursor, Read};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::aws::{Cloud, FunctionVersion};
use crate::doctor::{Fact, Unknown};
use crate::package::LIMIT;

const MEMBER: &str = "edge-auth.json";
/// The longest configuration that is read, in bytes.
const LONGEST: u64 = 1_048_576;

/// The configuration that a version of the gate runs with, and its package's key.
pub(super) async fn deployed(
    cloud: &Cloud,
    bucket: &str,
    version: &FunctionVersion,
) -> Fact<(String, String)> {
    let read = async {
        let key =
            key(&version.sha256).ok_or_else(|| Unknown::because("Lambda tells no SHA-256 of the package"))?;
        let limit = usize::try_from(LIMIT).unwrap_or(usize::MAX);
        let package = cloud.bucket(bucket).read(&key, limit).await.map_err(Unknown::because)?;
        let package =
            package.ok_or_else(|| Unknown::because(format!("the package {key} is gone from {bucket}")))?;
        let text = configuration(package.bytes)
            .ok_or_else(|| Unknown::because(format!("the package {key} holds no readable {MEMBER}")))?;
        Ok::<_, Unknown>((key, text))
    };
    match read.await {
        Ok(read) => Fact::Known(read),
        Err(why) => Fact::Unknown(why),
    }
}

/// Where a deploy puts the package with this SHA-256 (base64).
fn key(sha256: &str) -> Option<String> {
    let digest = STANDARD.decode(sha256).ok().filter(|digest| digest.len() == 32)?;
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("edge-auth/{hex}.zip"))
}

fn configuration(package: Vec<u8>) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let index = archive.index_for_name(MEMBER)?;
    let member = archive.by_index_raw(index).ok()?;
    let mut text = String::new();
    match member.compression() {
        CompressionMethod::Stored => member.take(LONGEST).read_to_string(&mut text).ok()?,
        _ => DeflateDecoder::new(member).take(LONGEST).read_to_string(&mut text).ok()?,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Package;

    #[test]
    fn the_configuration_comes_out_of_a_package_as_it_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let text = include_str!("../../../../edge-auth/edge-auth.local.json");
        let at = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let package = Package {
            binary: at("edge-auth", "\x7fELF"),
            handler: at("index.py", "import os"),
            config: at("edge-auth.json", text),
        };
        let out = folder.path().join("out.zip");
        package.write(&out).unwrap();
        assert_eq!(configuration(std::fs::read(out).unwrap()).as_deref(), Some(text));
        assert_eq!(configuration(b"no zip".to_vec()), None);
    }

    #[test]
    fn the_key_is_the_hash() {
        let sha256 = STANDARD.encode([0xab; 32]);
        assert_eq!(key(&sha256).unwrap(), format!("edge-auth/{}.zip", "ab".repeat(32)));
        assert_eq!(key("x"), None);
    }
}
