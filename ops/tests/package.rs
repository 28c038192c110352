//! The Lambda@Edge package, as Lambda and an operator see it.

#[cfg(test)]
mod package {
    use std::error::Error;
    use std::fs;
    use std::io::{Cursor, Read};
    use std::path::Path;

    use flate2::read::DeflateDecoder;
    use ops::package::{LIMIT, Package, PackageError};
    use pack::ArchiveError;
    use tempfile::TempDir;
    use zip::{CompressionMethod, DateTime, ZipArchive};

    fn inputs(directory: &Path) -> Package {
        let package = Package {
            binary: directory.join("target-binary"),
            handler: directory.join("handler.py"),
            config: directory.join("local.json"),
        };
        fs::write(&package.binary, "\x7fELF, again and again and again").unwrap();
        fs::write(&package.handler, "import os\n").unwrap();
        fs::write(&package.config, include_str!("../../edge-auth/edge-auth.local.json")).unwrap();
        package
    }

    /// Bytes that no compression makes shorter: a xorshift sequence.
    fn incompressible(length: usize) -> Vec<u8> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn the_same_inputs_give_the_same_bytes() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        let (first, second) = (directory.path().join("1.zip"), directory.path().join("2.zip"));
        package.write(&first).unwrap();

        // Neither the age nor the mode of a file is the content of a package.
        let content = fs::read(&package.binary).unwrap();
        fs::remove_file(&package.binary).unwrap();
        fs::write(&package.binary, content).unwrap();
        fs::File::options()
            .write(true)
            .open(&package.config)
            .unwrap()
            .set_modified(std::time::UNIX_EPOCH)
            .unwrap();
        package.write(&second).unwrap();

        assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap());
    }

    #[test]
    fn entries_have_their_names_modes_order_and_content() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        let out = directory.path().join("dist/edge-auth.zip");

        let size = package.write(&out).unwrap();

        let bytes = fs::read(&out).unwrap();
        assert_eq!(size, bytes.len() as u64);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let expected = [
            ("index.py", 0o100_644, &package.handler),
            ("edge-auth", 0o100_755, &package.binary),
            ("edge-auth.json", 0o100_644, &package.config),
        ];
        assert_eq!(archive.len(), expected.len());
        for (index, (name, mode, input)) in expected.into_iter().enumerate() {
            let entry = archive.by_index_raw(index).unwrap();
            assert_eq!(entry.name().unwrap(), name);
            assert_eq!(entry.unix_mode(), Some(mode), "{name}");
            assert_eq!(entry.last_modified(), Some(DateTime::DEFAULT), "{name}");
            assert_eq!(entry.compression(), CompressionMethod::Deflated, "{name}");
            let mut content = Vec::new();
            DeflateDecoder::new(entry).read_to_end(&mut content).unwrap();
            assert_eq!(content, fs::read(input).unwrap(), "{name}");
        }
    }

    #[test]
    fn a_package_just_over_the_limit_is_refused_and_the_old_one_stays() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        let out = directory.path().join("edge-auth.zip");
        let frame = package.write(&out).unwrap();
        let old = fs::read(&out).unwrap();
        fs::write(&package.binary, incompressible(LIMIT as usize)).unwrap();

        let refusal = package.write(&out).unwrap_err();

        let PackageError::Archive(ArchiveError::TooLarge { size, .. }) = refusal else { panic!("{refusal}") };
        assert!(size > LIMIT && size < LIMIT + frame + 1024, "{size}");
        assert_eq!(
            refusal.to_string(),
            format!("the package would be {size} bytes, expected at most 2097152")
        );
        assert_eq!(fs::read(&out).unwrap(), old);
    }

    #[test]
    fn a_package_just_under_the_limit_is_written() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        fs::write(&package.binary, incompressible(LIMIT as usize - 2048)).unwrap();

        let size = package.write(&directory.path().join("edge-auth.zip")).unwrap();

        assert!(size > LIMIT - 2048 && size <= LIMIT, "{size}");
    }

    #[test]
    fn a_configuration_that_would_not_start_is_refused_with_all_its_problems() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        fs::write(&package.config, r#"{"hosts": [], "log": "loud"}"#).unwrap();

        let refusal = package.write(&directory.path().join("edge-auth.zip")).unwrap_err().to_string();

        for member in ["local.json", "hosts", "user_pool", "cookies", "routes", "log"] {
            assert!(refusal.contains(member), "{member}: {refusal}");
        }
        assert!(!directory.path().join("edge-auth.zip").exists());
    }

    #[test]
    fn a_missing_input_is_named() {
        for (what, forget) in [
            ("binary", (|package| &package.binary) as fn(&Package) -> &Path),
            ("handler module", |package| &package.handler),
            ("configuration", |package| &package.config),
        ] {
            let directory = TempDir::new().unwrap();
            let package = inputs(directory.path());
            let missing = forget(&package);
            fs::remove_file(missing).unwrap();

            let refusal = package.write(&directory.path().join("edge-auth.zip")).unwrap_err();

            assert_eq!(refusal.to_string(), format!("cannot read the {what} {}", missing.display()));
            assert!(refusal.source().is_some());
            assert!(!directory.path().join("edge-auth.zip").exists());
        }
    }

    #[test]
    fn an_output_that_cannot_be_written_is_named() {
        let directory = TempDir::new().unwrap();
        let package = inputs(directory.path());
        let out = package.config.join("edge-auth.zip");

        let refusal = package.write(&out).unwrap_err();

        assert_eq!(refusal.to_string(), format!("cannot write the package {}", out.display()));
    }
}
