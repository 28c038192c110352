//! A colour profile inside a WebP file, which the encoder leaves out (RFC 9649, section 2.7: the extended file format).

/// Puts a profile into a file that the encoder wrote. A file that is not of the simple format is left as it is.
pub(crate) fn into_webp(file: &[u8], profile: &[u8], width: u32, height: u32, alpha: bool) -> Vec<u8> {
    let Some(chunks) = file.get(12..).filter(|_| file.starts_with(b"RIFF")) else { return file.to_vec() };
    // One that has a header of its own already.
    if chunks.starts_with(b"VP8X") {
        return file.to_vec();
    }
    let mut flags = 0x20_u8;
    if alpha {
        flags |= 0x10;
    }
    let mut header = vec![flags, 0, 0, 0];
    for side in [width, height] {
        header.extend(side.saturating_sub(1).to_le_bytes().into_iter().take(3));
    }
    let mut body = b"WEBP".to_vec();
    chunk(&mut body, b"VP8X", &header);
    chunk(&mut body, b"ICCP", profile);
    body.extend_from_slice(chunks);
    let mut with = b"RIFF".to_vec();
    with.extend(length(body.len()));
    with.extend(body);
    with
}

fn chunk(body: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    body.extend_from_slice(name);
    body.extend(length(data.len()));
    body.extend_from_slice(data);
    // Chunks begin at even positions.
    if data.len() % 2 == 1 {
        body.push(0);
    }
}

/// Lengths are of 32 bits; no picture of ours comes near that.
fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}
