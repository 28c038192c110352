//! What an image has to know of a program: its machine, and that it needs no other file (ELF-64 object file format).

/// The first bytes of every ELF file.
const MAGIC: &[u8] = b"\x7fELF";
/// `e_ident[EI_CLASS]` of 64 bits and `e_ident[EI_DATA]` of little endian.
const LITTLE_64: &[u8] = &[2, 1];
/// `e_machine` of x86-64 and of AArch64.
const X86_64: u16 = 62;
const AARCH64: u16 = 183;
/// `p_type` of the segment that names a dynamic linker.
const INTERPRETER: u32 = 3;

/// A static program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elf {
    /// Its architecture as an image names it.
    pub architecture: &'static str,
}

/// A program that no image can hold alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElfError {
    /// It is no such program.
    #[error("expected a 64-bit ELF program")]
    NoProgram,
    /// Of a machine that Lambda does not have.
    #[error("the program is for the machine {0}, expected x86-64 or AArch64")]
    Machine(u16),
    /// It needs a dynamic linker.
    #[error("the program is linked dynamically, expected a static one: build it for a musl target")]
    Dynamic,
}

impl Elf {
    /// Whether these bytes begin as an ELF file does.
    #[must_use]
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads the header and the segments of a program.
    ///
    /// # Errors
    ///
    /// When it is none, or not a static one for a known machine.
    pub fn parse(bytes: &[u8]) -> Result<Elf, ElfError> {
        if !Elf::is_one(bytes) || bytes.get(4..6) != Some(LITTLE_64) {
            return Err(ElfError::NoProgram);
        }
        let architecture = match u16_at(bytes, 18)? {
            X86_64 => "amd64",
            AARCH64 => "arm64",
            other => return Err(ElfError::Machine(other)),
        };
        let (table, size, count) = (u64_at(bytes, 32)?, u16_at(bytes, 54)?, u16_at(bytes, 56)?);
        for number in 0..u64::from(count) {
            let place = table.saturating_add(number * u64::from(size));
            let place = usize::try_from(place).map_err(|_| ElfError::NoProgram)?;
            if u32_at(bytes, place)? == INTERPRETER {
                return Err(ElfError::Dynamic);
            }
        }
        Ok(Elf { architecture })
    }
}

fn at<const N: usize>(bytes: &[u8], place: usize) -> Result<[u8; N], ElfError> {
    let end = place.checked_add(N).ok_or(ElfError::NoProgram)?;
    let field = bytes.get(place..end).and_then(|field| field.try_into().ok());
    field.ok_or(ElfError::NoProgram)
}

fn u16_at(bytes: &[u8], place: usize) -> Result<u16, ElfError> {
    at(bytes, place).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], place: usize) -> Result<u32, ElfError> {
    at(bytes, place).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], place: usize) -> Result<u64, ElfError> {
    at(bytes, place).map(u64::from_le_bytes)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A program of this machine with one segment of this type.
    pub(crate) fn program(machine: u16, segment: u32) -> Vec<u8> {
        let mut bytes = vec![0; 64 + 56];
        bytes[..4].copy_from_slice(MAGIC);
        bytes[4..6].copy_from_slice(LITTLE_64);
        bytes[18..20].copy_from_slice(&machine.to_le_bytes());
        bytes[32..40].copy_from_slice(&64_u64.to_le_bytes());
        bytes[54..56].copy_from_slice(&56_u16.to_le_bytes());
        bytes[56..58].copy_from_slice(&1_u16.to_le_bytes());
        bytes[64..68].copy_from_slice(&segment.to_le_bytes());
        bytes
    }

    #[test]
    fn a_static_program_is_told_from_others() {
        assert_eq!(Elf::parse(&program(X86_64, 1)), Ok(Elf { architecture: "amd64" }));
        assert_eq!(Elf::parse(&program(AARCH64, 1)), Ok(Elf { architecture: "arm64" }));
        assert_eq!(Elf::parse(&program(X86_64, INTERPRETER)), Err(ElfError::Dynamic));
        assert_eq!(Elf::parse(&program(40, 1)), Err(ElfError::Machine(40)));
        assert_eq!(Elf::parse(b"#!/bin/sh"), Err(ElfError::NoProgram));
    }

    #[test]
    fn a_program_that_ends_too_early_is_none() {
        let whole = program(X86_64, 1);
        for length in 0..68 {
            assert_eq!(Elf::parse(&whole[..length]), Err(ElfError::NoProgram), "{length}");
        }
    }
}
