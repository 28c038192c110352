//! What bytes are, told by the bytes.

use image::ImageFormat;

/// What an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// A picture that is made into sizes.
    Picture(ImageFormat),
    /// A drawing, which is kept if nothing in it can run.
    Svg,
    /// A file that is kept as it is: its media type and extension.
    File(&'static str, &'static str),
    /// Anything else.
    Unknown,
}

impl Sniffed {
    /// Looks at the first bytes.
    pub(crate) fn of(bytes: &[u8]) -> Sniffed {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        let at =
            |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        match bytes {
            _ if starts(b"\xff\xd8\xff") => Sniffed::Picture(ImageFormat::Jpeg),
            _ if starts(b"\x89PNG\r\n\x1a\n") => Sniffed::Picture(ImageFormat::Png),
            _ if starts(b"GIF87a") || starts(b"GIF89a") => Sniffed::Picture(ImageFormat::Gif),
            _ if starts(b"RIFF") && at(8, b"WEBP") => Sniffed::Picture(ImageFormat::WebP),
            _ if starts(b"RIFF") && at(8, b"WAVE") => Sniffed::File("audio/wav", "wav"),
            _ if starts(b"%PDF-") => Sniffed::File("application/pdf", "pdf"),
            _ if starts(b"ID3") || starts(b"\xff\xfb") || starts(b"\xff\xf3") => {
                Sniffed::File("audio/mpeg", "mp3")
            }
            _ if starts(b"OggS") && contains(bytes, b"theora") => Sniffed::File("video/ogg", "ogv"),
            _ if starts(b"OggS") => Sniffed::File("audio/ogg", "ogg"),
            _ if starts(b"\x1aE\xdf\xa3") => Sniffed::File("video/webm", "webm"),
            _ if at(4, b"ftypM4A") => Sniffed::File("audio/mp4", "m4a"),
            _ if at(4, b"ftyp") && !at(8, b"heic") && !at(8, b"avif") && !at(8, b"mif1") => {
                Sniffed::File("video/mp4", "mp4")
            }
            _ if is_svg(bytes) => Sniffed::Svg,
            _ => Sniffed::Unknown,
        }
    }
}

/// Whether the first bytes hold something.
fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.get(..bytes.len().min(512)).unwrap_or_default().windows(what.len()).any(|window| window == what)
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<") && contains(start, b"<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_they_are() {
        for (bytes, is) in [
            (&b"\xff\xd8\xff\xe0"[..], Sniffed::Picture(ImageFormat::Jpeg)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Sniffed::Picture(ImageFormat::WebP)),
            (b"RIFF\0\0\0\0WAVEfmt ", Sniffed::File("audio/wav", "wav")),
            (b"%PDF-1.7", Sniffed::File("application/pdf", "pdf")),
            (b"\0\0\0\x18ftypisom", Sniffed::File("video/mp4", "mp4")),
            (b"\0\0\0\x18ftypheic", Sniffed::Unknown),
            (b"<?xml version=\"1.0\"?>\n<svg>", Sniffed::Svg),
            (b"<html><body>", Sniffed::Unknown),
            (b"MZ", Sniffed::Unknown),
            (b"", Sniffed::Unknown),
        ] {
            assert_eq!(Sniffed::of(bytes), is, "{bytes:?}");
        }
    }
}
