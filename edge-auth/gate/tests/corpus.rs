//! The kept corpora of the fuzz targets, replayed: what must hold for any bytes holds for these. No nightly toolchain
//! is needed.

#[cfg(test)]
#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "it is a crate of its own for libFuzzer")]
mod fuzz;

#[cfg(test)]
mod corpus {
    use std::panic::catch_unwind;
    use std::path::Path;

    use crate::fuzz::{Property, TARGETS};

    /// Where the corpora are, a folder for each target.
    const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus");

    fn replay(target: &str) {
        let (_, check) = TARGETS.into_iter().find(|(name, _)| *name == target).unwrap();
        let mut inputs: Vec<_> =
            Path::new(CORPORA).join(target).read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "no corpus for {target}");
        for path in inputs {
            let input = std::fs::read(&path).unwrap();
            assert!(holds(check, &input), "{}", path.display());
        }
    }

    fn holds(check: Property, input: &[u8]) -> bool {
        catch_unwind(|| check(input)).is_ok()
    }

    #[test]
    fn callbacks() {
        replay("callback");
    }

    #[test]
    fn configurations() {
        replay("config");
    }

    #[test]
    fn cookies() {
        replay("cookie");
    }

    #[test]
    fn events() {
        replay("event");
    }

    #[test]
    fn key_sets() {
        replay("jwks");
    }

    #[test]
    fn return_paths() {
        replay("return_path");
    }

    #[test]
    fn tokens() {
        replay("token");
    }

    #[test]
    fn every_target_has_a_corpus_and_every_corpus_a_target() {
        let mut corpora: Vec<String> = Path::new(CORPORA)
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        corpora.sort();
        assert_eq!(corpora, TARGETS.map(|(name, _)| name));
    }
}
