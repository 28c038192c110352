//! What is in the package.

use std::fs;

use super::archive::{Entry, built, bytes, entries};

/// The goal of the package, in bytes, as edge-auth/package/build.sh has it; AWS takes 50 MB.
const LIMIT: usize = 2_097_152;

/// Of the ELF format: the machine x86-64, and the kind of segment that asks for a dynamic linker.
const X86_64: u16 = 62;
const INTERPRETER: u32 = 3;

#[test]
fn the_package_is_within_the_limit() {
    let size = bytes().len();
    assert!(size <= LIMIT, "{size} bytes, {} too many", size - LIMIT);
}

#[test]
fn the_package_holds_the_handler_the_binary_and_its_configuration() {
    let entries = entries();
    let listed: Vec<(&str, u32)> =
        entries.iter().map(|entry| (entry.name.as_str(), entry.mode & 0o777)).collect();
    assert_eq!(listed, [("index.py", 0o644), ("edge-auth", 0o755), ("edge-auth.json", 0o644)]);

    let handler = concat!(env!("CARGO_MANIFEST_DIR"), "/../edge-auth/package/index.py");
    assert!(content(&entries, "index.py") == fs::read(handler).unwrap());
    let binary = built("EDGE_AUTH_BINARY", "dist/edge-auth/edge-auth", "make build");
    assert!(
        content(&entries, "edge-auth") == fs::read(binary).unwrap(),
        "the unpacked binary is another one"
    );
}

#[test]
fn the_binary_is_static_for_x86_64() {
    let entries = entries();
    let elf = content(&entries, "edge-auth");
    let word = |at: usize| u16::from_le_bytes(elf[at..at + 2].try_into().unwrap());
    assert_eq!((&elf[..4], word(18)), (b"\x7fELF".as_slice(), X86_64));
    let (table, size, count) =
        (u64::from_le_bytes(elf[32..40].try_into().unwrap()), usize::from(word(54)), usize::from(word(56)));
    for number in 0..count {
        let at = usize::try_from(table).unwrap() + number * size;
        assert_ne!(u32::from_le_bytes(elf[at..at + 4].try_into().unwrap()), INTERPRETER);
    }
}

fn content<'e>(entries: &'e [Entry], name: &str) -> &'e [u8] {
    &entries.iter().find(|entry| entry.name == name).unwrap().content
}
