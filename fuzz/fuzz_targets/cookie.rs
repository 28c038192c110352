//! See `fuzz::cookie`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::cookie::check(input));
