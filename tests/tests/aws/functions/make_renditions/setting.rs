//! The function in the function host, with AWS's local endpoint, and pictures for it.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::Value;
use stack::bucket::{Object, ObjectMetadata};
use tests::local_aws::{BUCKET, LocalAws, SITE_BUCKET, TABLE};

use crate::functions::bucket_event::created;
use tests::packaged_function::{FunctionError, Running};

/// What the template tells it.
pub(in crate::functions) const ENVIRONMENT: [(&str, &str); 3] =
    [("UPLOADS_BUCKET", BUCKET), ("SITE_BUCKET", SITE_BUCKET), ("RECORDS_TABLE", TABLE)];

pub(super) struct Function {
    pub(super) aws: LocalAws,
    pub(super) running: Running,
}

impl Function {
    pub(super) async fn start() -> Function {
        Function::with_timeout(Duration::from_secs(60)).await
    }

    /// The same, with so much time for an event.
    pub(super) async fn with_timeout(timeout: Duration) -> Function {
        let aws = LocalAws::start().await.unwrap();
        let running = Running::with_timeout("make-renditions", &aws.url(), &ENVIRONMENT, timeout).await;
        Function { aws, running: running.unwrap() }
    }

    /// Puts a file as the API would have signed it, and gives its key.
    pub(super) fn upload(&self, media: &str, name: &str, bytes: Vec<u8>) -> String {
        let user = [("media", media), ("section", "/news/"), ("name", name)];
        let metadata = ObjectMetadata {
            user: user.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            ..ObjectMetadata::default()
        };
        let key = format!("uploads/{media}");
        self.aws.bucket.put(key.as_str(), bytes, metadata);
        key
    }

    /// The same, and tells the function of it.
    pub(super) async fn take(&self, media: &str, name: &str, bytes: Vec<u8>) -> Result<Value, FunctionError> {
        let key = self.upload(media, name, bytes);
        self.running.call(&created(&key)).await
    }

    /// What it recorded of a media item.
    pub(super) fn item(&self, media: &str) -> Option<Value> {
        let items = self.aws.services.records.items(TABLE);
        let pk = format!("MEDIA#{media}");
        items.into_iter().find(|item| item["pk"]["S"] == pk.as_str())
    }

    /// What readers get of a media item.
    pub(super) fn files(&self, media: &str) -> Vec<Arc<Object>> {
        self.aws.site.list(&format!("site/news/media/{media}/"))
    }
}

/// A picture of one colour.
pub(in crate::functions) fn plain(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([180, 60, 20])))
}

pub(in crate::functions) fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}
