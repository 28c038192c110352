//! The kept corpora of the fuzz targets, replayed: what must hold for any text holds for these. No nightly toolchain is
//! needed.

#[cfg(test)]
#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "it is a crate of its own for libFuzzer")]
mod fuzz;

#[cfg(test)]
mod corpus {
    use std::panic::catch_unwind;
    use std::path::Path;

    use crate::fuzz::TARGETS;

    /// Where the corpora are, a folder for each target.
    const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus");

    #[test]
    fn what_was_found_once_holds_for_ever() {
        for (target, check) in TARGETS {
            let files = Path::new(CORPORA).join(target).read_dir().unwrap();
            let inputs: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
            assert!(!inputs.is_empty(), "no corpus for {target}");
            for path in inputs {
                let input = std::fs::read(&path).unwrap();
                assert!(catch_unwind(|| check(&input)).is_ok(), "{}", path.display());
            }
        }
    }
}
