//! Pictures as templates show them: every size, and what holds their place until they arrive.

use base64::Engine as _;
use content::wire::Rendition;
use serde::Serialize;

/// A picture in all its sizes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The address of the largest size that every browser shows.
    pub src: String,
    /// The sizes by their type, the better type first.
    pub sources: Vec<PictureSource>,
    /// Of the largest size, in pixels.
    pub width: u32,
    /// Of the largest size, in pixels.
    pub height: u32,
    /// What it shows, for people who cannot see it; may be empty.
    pub alt: String,
    /// Its average colour, `#rrggbb`, to stand there until it arrives.
    pub color: Option<String>,
}

/// The sizes of a picture in one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureSource {
    /// The media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The value of `srcset`.
    pub srcset: String,
}

impl Picture {
    /// A picture of its renditions; none where there is no rendition.
    #[must_use]
    pub fn of(renditions: &[Rendition], alt: &str, thumbhash: Option<&str>) -> Option<Picture> {
        let largest = |webp: bool| {
            renditions.iter().filter(|one| webp || one.kind != "image/webp").max_by_key(|one| one.width)
        };
        let shown = largest(false).or_else(|| largest(true))?;
        let mut kinds: Vec<&str> = renditions.iter().map(|one| one.kind.as_str()).collect();
        // WebP first: a browser takes the first type that it knows.
        kinds.sort_by_key(|kind| (*kind != "image/webp", *kind));
        kinds.dedup();
        let sources = kinds.into_iter().map(|kind| source(renditions, kind)).collect();
        Some(Picture {
            src: shown.url.clone(),
            sources,
            width: shown.width,
            height: shown.height,
            alt: alt.to_owned(),
            color: thumbhash.and_then(average_color),
        })
    }
}

fn source(renditions: &[Rendition], kind: &str) -> PictureSource {
    let mut sizes: Vec<&Rendition> = renditions.iter().filter(|one| one.kind == kind).collect();
    sizes.sort_by_key(|one| one.width);
    let sizes: Vec<String> = sizes.iter().map(|one| format!("{} {}w", one.url, one.width)).collect();
    PictureSource { kind: kind.to_owned(), srcset: sizes.join(", ") }
}

/// The average colour of a thumbhash in base64: its first three bytes hold lightness and two differences of colour.
fn average_color(thumbhash: &str) -> Option<String> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(thumbhash).ok()?;
    let header = bytes.iter().take(3).rev().fold(0_u32, |header, byte| header << 8 | u32::from(*byte));
    if bytes.len() < 5 {
        return None;
    }
    let six_bits = |shift: u32| f64::from(header >> shift & 63);
    let (lightness, p, q) = (six_bits(0) / 63.0, six_bits(6) / 31.5 - 1.0, six_bits(12) / 31.5 - 1.0);
    let blue = lightness - 2.0 / 3.0 * p;
    let red = (3.0 * lightness - blue + q) / 2.0;
    let green = red - q;
    let byte = |value: f64| (value.clamp(0.0, 1.0) * 255.0).round();
    Some(format!("#{:02x}{:02x}{:02x}", byte(red) as u8, byte(green) as u8, byte(blue) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendition(kind: &str, width: u32) -> Rendition {
        let url = format!("/m/a-{width}.{kind}");
        Rendition { url, kind: format!("image/{kind}"), width, height: width / 2 }
    }

    #[test]
    fn webp_comes_first_and_the_address_is_one_that_every_browser_shows() {
        let all = [rendition("jpeg", 640), rendition("webp", 1280), rendition("jpeg", 320)];
        let picture = Picture::of(&all, "a hill", None).unwrap();
        assert_eq!((picture.src.as_str(), picture.width, picture.height), ("/m/a-640.jpeg", 640, 320));
        let kinds: Vec<&str> = picture.sources.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["image/webp", "image/jpeg"]);
        assert_eq!(picture.sources[1].srcset, "/m/a-320.jpeg 320w, /m/a-640.jpeg 640w");
        assert_eq!(Picture::of(&[], "", None), None);
    }

    #[test]
    fn the_average_colour_of_a_thumbhash_is_read() {
        // Bytes d5 07 12: lightness 21 of 63, differences 31 and 32 of 63, which is next to none.
        assert_eq!(average_color("1QcSHQRnh493V4dIh4eXh1h4kJUI").as_deref(), Some("#565258"));
        assert_eq!(average_color("AA=="), None);
        assert_eq!(average_color("not base64!"), None);
    }
}
