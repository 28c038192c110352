//! The command line: what to pack, and where to.

use std::error::Error;
use std::path::Path;

use pack::{Archive, ArchiveError, Entry, EntryError, Image, ImageError, Layout, LayoutError};

const USAGE: &str =
    "usage: pack zip OUT.zip [--limit BYTES] NAME=FILE... | pack image FOLDER PROGRAM=FILE [NAME=FILE...]";
/// What Lambda takes in a direct upload, in bytes.
const LIMIT: u64 = 50 * 1_024 * 1_024;

/// Why nothing was packed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// The command line is wrong.
    #[error("{0}; {USAGE}")]
    Usage(String),
    /// A file cannot be packed.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// There is no archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// There is no image.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The image that was written is wrong.
    #[error(transparent)]
    Layout(#[from] LayoutError),
}

/// Packs, and says what came of it.
pub(super) fn run(arguments: impl Iterator<Item = String>) -> Result<String, CommandError> {
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["zip", out, "--limit", limit, files @ ..] => {
            let limit = limit.parse().map_err(|_| usage(format!("the limit {limit:?} is no number")))?;
            zip(Path::new(out), limit, files)
        }
        ["zip", out, files @ ..] => zip(Path::new(out), LIMIT, files),
        ["image", out, files @ ..] => image(Path::new(out), files),
        [] => Err(usage("nothing is named".to_owned())),
        [other, ..] => Err(usage(format!("{other:?} is no command"))),
    }
}

fn zip(out: &Path, limit: u64, files: &[&str]) -> Result<String, CommandError> {
    let archive = Archive::new(&entries(files)?, limit)?;
    archive.write(out)?;
    Ok(format!("{}: {} of {limit} bytes", out.display(), archive.size()))
}

fn image(out: &Path, files: &[&str]) -> Result<String, CommandError> {
    Image::new(&entries(files)?)?.write(out)?;
    let layout = Layout::check(out)?;
    Ok(format!("{}: {} bytes, {} for {}", out.display(), layout.size, layout.digest, layout.architecture))
}

fn entries(files: &[&str]) -> Result<Vec<Entry>, CommandError> {
    if files.is_empty() {
        return Err(usage("no file is named".to_owned()));
    }
    let entry = |file: &&str| {
        let (name, path) = file.split_once('=').ok_or_else(|| usage(format!("{file:?} is no NAME=FILE")))?;
        Ok(Entry::read(name, Path::new(path))?)
    };
    files.iter().map(entry).collect()
}

fn usage(problem: String) -> CommandError {
    CommandError::Usage(problem)
}

/// The error and its causes.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said.push_str(&format!(": {error}"));
        cause = error.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arguments: &[&str]) -> String {
        match run(arguments.iter().map(|&argument| argument.to_owned())) {
            Ok(said) => said,
            Err(error) => chain(&error),
        }
    }

    #[test]
    fn a_zip_is_made_of_the_files_that_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("announce");
        std::fs::write(&file, b"\x7fELF").unwrap();
        let out = folder.path().join("announce.zip");
        let (out, entry) = (out.to_str().unwrap(), format!("bootstrap={}", file.display()));
        assert!(said(&["zip", out, &entry]).ends_with(" of 52428800 bytes"));
        assert!(said(&["zip", out, "--limit", "1", &entry]).contains("expected at most 1"));
        assert!(said(&["image", out, &entry]).contains("cannot be the program"));
    }

    #[test]
    fn a_wrong_command_line_is_told_the_right_one() {
        for wrong in [
            &[][..],
            &["tar"],
            &["zip", "a.zip"],
            &["zip", "a.zip", "b"],
            &["zip", "a", "--limit", "x", "a=b"],
        ] {
            assert!(said(wrong).contains("usage: pack zip"), "{wrong:?}");
        }
        assert!(said(&["zip", "a.zip", "a=/nowhere/at/all"]).starts_with("cannot read /nowhere/at/all: "));
    }
}
