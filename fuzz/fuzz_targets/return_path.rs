//! See `fuzz::return_path`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::return_path::check(input));
