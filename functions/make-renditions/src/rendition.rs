//! The sizes of a picture: WebP beside JPEG, or PNG where something can be seen through.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder};

use crate::picture::Picture;
use crate::profile;

/// Widths in pixels; none is wider than the picture itself.
const WIDTHS: [u32; 4] = [320, 640, 1_280, 1_920];
/// The quality of both lossy encoders, of 100.
const QUALITY: u8 = 80;

/// One size in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendition {
    /// Its media type.
    pub(crate) kind: &'static str,
    /// Its extension.
    pub(crate) extension: &'static str,
    /// In pixels.
    pub(crate) width: u32,
    /// In pixels.
    pub(crate) height: u32,
    /// The file.
    pub(crate) bytes: Vec<u8>,
}

/// Why a size could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenditionError {
    #[error("a picture could not be made smaller: {0}")]
    Resize(#[from] fast_image_resize::ResizeError),
    #[error("a picture could not be written: {0}")]
    Write(#[from] image::ImageError),
    #[error("a picture could not be written as WebP: {0}")]
    WebP(String),
}

/// All sizes of a picture, the widest first: each is made from the one before, which is faster and looks the same.
pub(crate) fn renditions(picture: &Picture) -> Result<Vec<Rendition>, RenditionError> {
    let transparent = picture.is_transparent();
    let mut made = Vec::new();
    let mut current: Option<DynamicImage> = None;
    for width in widths(picture.image.width()) {
        let source = current.as_ref().unwrap_or(&picture.image);
        let next = if source.width() == width { None } else { Some(resized(source, width)?) };
        let image = next.as_ref().unwrap_or(source);
        made.push(webp(image, picture.profile.as_deref())?);
        made.push(plain(image, transparent, picture.profile.as_deref())?);
        current = next.or(current);
    }
    Ok(made)
}

/// The widths for a picture, the widest first. A narrower picture is kept as wide as it is.
fn widths(original: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < original).collect();
    if original <= WIDTHS.iter().copied().max().unwrap_or_default() {
        widths.push(original);
    }
    widths.reverse();
    widths
}

fn resized(image: &DynamicImage, width: u32) -> Result<DynamicImage, RenditionError> {
    let exact = f64::from(image.height()) * f64::from(width) / f64::from(image.width());
    let height = (exact.round() as u32).max(1);
    let mut smaller = DynamicImage::new(width, height, image.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(image, &mut smaller, &options)?;
    Ok(smaller)
}

fn webp(image: &DynamicImage, profile: Option<&[u8]>) -> Result<Rendition, RenditionError> {
    let encoder = match image {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, image.width(), image.height()),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, image.width(), image.height()),
        other => {
            return Err(RenditionError::WebP(format!("pixels of {:?}, expected RGB or RGBA", other.color())));
        }
    };
    let encoded = encoder
        .encode_simple(false, f32::from(QUALITY))
        .map_err(|error| RenditionError::WebP(format!("{error:?}")))?;
    let (width, height) = (image.width(), image.height());
    let bytes = match profile {
        Some(icc) => profile::into_webp(&encoded, icc, width, height, image.color().has_alpha()),
        None => encoded.to_vec(),
    };
    Ok(Rendition { kind: "image/webp", extension: "webp", width, height, bytes })
}

fn plain(image: &DynamicImage, transparent: bool, icc: Option<&[u8]>) -> Result<Rendition, RenditionError> {
    let (width, height, mut bytes) = (image.width(), image.height(), Vec::new());
    let (kind, extension) = if transparent {
        let mut encoder = PngEncoder::new(&mut bytes);
        keep(&mut encoder, icc);
        image.write_with_encoder(encoder)?;
        ("image/png", "png")
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        keep(&mut encoder, icc);
        DynamicImage::ImageRgb8(image.to_rgb8()).write_with_encoder(encoder)?;
        ("image/jpeg", "jpg")
    };
    Ok(Rendition { kind, extension, width, height, bytes })
}

/// Keeps the colour profile, without which photos of telephones fade. A format without room for it shows standard colours.
fn keep(encoder: &mut impl ImageEncoder, icc: Option<&[u8]>) {
    if let Some(icc) = icc {
        let _ = encoder.set_icc_profile(icc.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
    use std::io::Cursor;

    use super::*;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn sizes(image: DynamicImage, format: ImageFormat) -> Vec<(&'static str, u32, u32)> {
        let picture = Picture::decode(&encoded(&image, format), format).unwrap();
        let made = renditions(&picture).unwrap();
        for rendition in &made {
            let read = image::load_from_memory(&rendition.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (rendition.width, rendition.height));
        }
        made.iter().map(|made| (made.extension, made.width, made.height)).collect()
    }

    #[test]
    fn no_size_is_wider_than_the_picture() {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(700, 350, Rgb([200, 10, 10])));
        let expected = [
            ("webp", 700, 350),
            ("jpg", 700, 350),
            ("webp", 640, 320),
            ("jpg", 640, 320),
            ("webp", 320, 160),
            ("jpg", 320, 160),
        ];
        assert_eq!(sizes(image, ImageFormat::Jpeg), expected);
        assert_eq!(widths(5_000), [1_920, 1_280, 640, 320]);
        assert_eq!(
            (widths(1_920), widths(320), widths(1)),
            (vec![1_920, 1_280, 640, 320], vec![320], vec![1])
        );
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let mut image = RgbaImage::from_pixel(10, 10, Rgba([0, 0, 0, 255]));
        let opaque = sizes(DynamicImage::ImageRgba8(image.clone()), ImageFormat::Png);
        assert_eq!(opaque, [("webp", 10, 10), ("jpg", 10, 10)]);
        image.put_pixel(3, 3, Rgba([0, 0, 0, 0]));
        let through = sizes(DynamicImage::ImageRgba8(image), ImageFormat::Png);
        assert_eq!(through, [("webp", 10, 10), ("png", 10, 10)]);
    }

    #[test]
    fn the_colour_profile_is_kept() {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 40, Rgb([9, 99, 199])));
        let picture = Picture { image, profile: Some(b"a profile of odd length".to_vec()) };
        for rendition in renditions(&picture).unwrap() {
            let kept = rendition.bytes.windows(23).any(|window| window == b"a profile of odd length");
            assert!(kept, "{}", rendition.kind);
            assert_eq!(image::load_from_memory(&rendition.bytes).unwrap().width(), 40);
        }
    }

    #[test]
    fn hostile_files_are_refused() {
        let image = DynamicImage::ImageRgb8(RgbImage::new(64, 64));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = encoded(&image, format);
            for end in 0..whole.len().min(40) {
                assert!(Picture::decode(&whole[..end], format).is_err(), "{format:?} {end}");
            }
        }
        // A PNG of a hundred bytes that claims 60,000 x 60,000 pixels.
        let mut bomb = encoded(&image, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(Picture::decode(&bomb, ImageFormat::Png).is_err());
    }
}
