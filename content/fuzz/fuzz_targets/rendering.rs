//! See `content_fuzz::rendering`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| content_fuzz::rendering::check(input));
