//! See `content_fuzz::texts`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| content_fuzz::texts::check(input));
