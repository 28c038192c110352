//! Exif (CIPA DC-008), as far as the orientation of a JPEG.

/// Puts an Exif segment that says an orientation behind a JPEG's first marker. Cameras write either order of bytes.
pub(super) fn oriented(jpeg: &[u8], orientation: u16, big_endian: bool) -> Vec<u8> {
    let two = |number: u16| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
    let four = |number: u32| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
    let mut tiff: Vec<u8> = if big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    tiff.extend(two(42));
    tiff.extend(four(8));
    // One entry: tag 0x0112, one number of two bytes.
    tiff.extend(two(1));
    tiff.extend([two(0x0112), two(3)].concat());
    tiff.extend(four(1));
    tiff.extend([two(orientation), two(0)].concat());
    tiff.extend(four(0));
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}
