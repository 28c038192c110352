//! A picture, decoded within limits and turned upright.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The largest picture, in pixels.
const MOST_PIXELS: u64 = 50_000_000;
/// The longest side, in pixels.
const LONGEST_SIDE: u32 = 20_000;
/// What decoding may take, in bytes: four for each pixel, and as much again for the decoder.
const MOST_BYTES: u64 = 2 * 4 * MOST_PIXELS;
/// Sides of a picture from which the blurred preview is made.
const THUMB: u32 = 100;

/// A decoded picture.
pub(crate) struct Picture {
    /// Upright.
    pub(crate) image: DynamicImage,
    /// Its colour profile.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Why a picture is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureProblem {
    #[error("the picture has {width} x {height} pixels, expected at most 50 million, and 20,000 a side")]
    TooLarge { width: u32, height: u32 },
    #[error("the picture cannot be read: {0}")]
    Unreadable(#[from] image::ImageError),
    #[error("the picture cannot be read: its decoder gave up")]
    Panicked,
}

impl Picture {
    /// Decodes a picture. Its dimensions are looked at before its pixels.
    pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, PictureProblem> {
        // Decoders of pictures are known to panic on hostile files; that is this upload's fault and not this process's.
        let decoded = std::panic::catch_unwind(|| decode(bytes, format));
        decoded.unwrap_or(Err(PictureProblem::Panicked))
    }

    /// Whether anything can be seen through it.
    pub(crate) fn is_transparent(&self) -> bool {
        self.image.color().has_alpha()
            && self
                .image
                .to_rgba8()
                .pixels()
                .any(|pixel| pixel.0.last().is_some_and(|alpha| *alpha < u8::MAX))
    }

    /// A blurred preview of a few bytes (thumbhash).
    pub(crate) fn thumbhash(&self) -> Vec<u8> {
        let small = self.image.thumbnail(THUMB, THUMB).to_rgba8();
        thumbhash::rgba_to_thumb_hash(small.width() as usize, small.height() as usize, small.as_raw())
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, PictureProblem> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    // A picture of 16 bits a channel is twice as large; decoding does not reserve for what it returns.
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES || width.max(height) > LONGEST_SIDE {
        return Err(PictureProblem::TooLarge { width, height });
    }
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    // Eight bits a channel, in colour: what every rendition has.
    let image = if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    Ok(Picture { image, profile })
}
