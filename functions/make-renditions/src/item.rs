//! What came of an upload: the files for readers, and the record of the media item.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use content::wire;

use crate::picture::{Picture, PictureProblem};
use crate::rendition::{self, RenditionError};
use crate::sniffed::Sniffed;
use crate::svg::{self, SvgProblem};
use crate::upload::Upload;

/// The largest file, in bytes; the API signs no larger one.
const MOST_BYTES: usize = 25 * 1024 * 1024;

/// A file for readers.
pub(crate) struct File {
    /// Its address on the site.
    pub(crate) url: String,
    /// Its media type.
    pub(crate) kind: &'static str,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// In pixels; none of what is no picture.
    pub(crate) size: Option<(u32, u32)>,
}

/// What an upload was made into.
pub(crate) struct Made {
    /// Its own media type.
    pub(crate) kind: &'static str,
    /// Width and height of the original, upright.
    pub(crate) size: Option<(u32, u32)>,
    /// A blurred preview.
    pub(crate) thumbhash: Option<Vec<u8>>,
    /// The files.
    pub(crate) files: Vec<File>,
}

/// Why an upload is refused for good.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("the file has {0} bytes, expected at most 25 MiB")]
    TooLarge(usize),
    #[error(
        "the bytes are of no known type, expected a JPEG, PNG, WebP or GIF picture, an SVG drawing, a PDF, sound or film"
    )]
    Unknown,
    #[error(transparent)]
    Picture(#[from] PictureProblem),
    #[error(transparent)]
    Rendition(#[from] RenditionError),
    #[error(transparent)]
    Svg(#[from] SvgProblem),
}

/// Makes everything that readers get of an upload.
pub(crate) fn make(upload: &Upload, bytes: Vec<u8>) -> Result<Made, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::TooLarge(bytes.len()));
    }
    let kept = |kind: &'static str, extension: &str, bytes: Vec<u8>, size| Made {
        kind,
        size,
        thumbhash: None,
        files: vec![File { url: upload.url(&format!(".{extension}")), kind, bytes, size }],
    };
    match Sniffed::of(&bytes) {
        Sniffed::Unknown => Err(Refused::Unknown),
        Sniffed::File(kind, extension) => Ok(kept(kind, extension, bytes, None)),
        Sniffed::Svg => {
            let size = svg::check(&bytes)?;
            Ok(kept("image/svg+xml", "svg", bytes, Some(size)))
        }
        Sniffed::Picture(format) => {
            let picture = Picture::decode(&bytes, format)?;
            drop(bytes);
            let files = rendition::renditions(&picture)?.into_iter().map(|made| File {
                url: upload.url(&format!("-{}.{}", made.width, made.extension)),
                kind: made.kind,
                bytes: made.bytes,
                size: Some((made.width, made.height)),
            });
            Ok(Made {
                kind: format.to_mime_type(),
                size: Some((picture.image.width(), picture.image.height())),
                thumbhash: Some(picture.thumbhash()),
                files: files.collect(),
            })
        }
    }
}

/// The record of a media item.
pub(crate) fn record(
    upload: &Upload,
    size: usize,
    at: &str,
    made: &Result<Made, Refused>,
) -> Result<HashMap<String, AttributeValue>, serde_json::Error> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |number: &dyn ToString| AttributeValue::N(number.to_string());
    let mut item = HashMap::from([
        ("pk".to_owned(), text(&format!("MEDIA#{}", upload.media))),
        ("sk".to_owned(), text(&upload.record_key())),
        ("name".to_owned(), text(&upload.stem)),
        ("section".to_owned(), text(&upload.section)),
        ("size".to_owned(), number(&size)),
        ("at".to_owned(), text(at)),
    ]);
    let mut put = |name: &str, value: AttributeValue| item.insert(name.to_owned(), value);
    match made {
        Err(refused) => {
            put("state", text("refused"));
            put("problem", text(&refused.to_string()));
        }
        Ok(made) => {
            let renditions: Vec<wire::Rendition> = made.files.iter().map(rendition_of).collect();
            put("state", text("ready"));
            put("type", text(made.kind));
            put("renditions", text(&serde_json::to_string(&renditions)?));
            if let Some((width, height)) = made.size {
                put("width", number(&width));
                put("height", number(&height));
            }
            if let Some(thumbhash) = &made.thumbhash {
                put("thumbhash", text(&STANDARD.encode(thumbhash)));
            }
        }
    }
    Ok(item)
}

fn rendition_of(file: &File) -> wire::Rendition {
    let (width, height) = file.size.unwrap_or_default();
    wire::Rendition { url: file.url.clone(), kind: file.kind.to_owned(), width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload() -> Upload {
        Upload { media: "7".to_owned(), version: 1, section: "/news/".to_owned(), stem: "a".to_owned() }
    }

    #[test]
    fn a_document_is_kept_as_it_is() {
        let made = make(&upload(), b"%PDF-1.7 x".to_vec());
        let item = record(&upload(), 10, "2026-11-26T00:00:00Z", &made).unwrap();
        assert_eq!(item["state"].as_s().unwrap(), "ready");
        let made = made.ok().unwrap();
        assert_eq!(
            (made.files[0].url.as_str(), made.files[0].bytes.as_slice()),
            ("/news/media/7/a.pdf", &b"%PDF-1.7 x"[..])
        );
        assert!(item["renditions"].as_s().unwrap().contains(r#""url":"/news/media/7/a.pdf""#));
    }

    #[test]
    fn what_is_refused_says_why() {
        for (bytes, why) in [
            (&b"<html>"[..], "no known type"),
            (b"\x89PNG\r\n\x1a\n\0", "cannot be read"),
            (b"<svg><script/></svg>", "<script>"),
        ] {
            let item = record(&upload(), 1, "", &make(&upload(), bytes.to_vec())).unwrap();
            assert_eq!(item["state"].as_s().unwrap(), "refused");
            assert!(item["problem"].as_s().unwrap().contains(why), "{item:?}");
        }
    }
}
