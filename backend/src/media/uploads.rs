//! The bucket that uploads go into: private, and emptied by `make-renditions`.

use std::time::{Duration, SystemTime};

use aws_sdk_s3::Client;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::presigning::PresigningConfig;
use content::wire::Upload;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use time::OffsetDateTime;

use crate::ambient;

/// How long a presigned request can be used.
const LIFETIME: Duration = Duration::from_secs(300);

/// The largest upload, in bytes.
pub(crate) const MAX_UPLOAD: u64 = 25 * 1024 * 1024;

/// Types of files that are taken. What the bytes really are, `make-renditions` looks at.
const TYPES: [&str; 13] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/svg+xml",
    "application/pdf",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "audio/wav",
    "video/mp4",
    "video/webm",
    "video/ogg",
];

/// Whether files of a type are taken.
#[must_use]
pub fn accepted_type(kind: &str) -> bool {
    TYPES.contains(&kind)
}

/// The types that are taken, for whoever named another one.
pub(crate) fn accepted_types() -> String {
    TYPES.join(", ")
}

/// Why an upload could not be prepared.
#[derive(Debug, thiserror::Error)]
#[error("the bucket of uploads does not do it: {0}")]
pub struct UploadError(String);

/// The bucket of uploads.
#[derive(Debug, Clone)]
pub struct Uploads {
    client: Client,
    bucket: String,
}

/// What is to be uploaded.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The media item.
    pub id: &'a str,
    /// Which of its files.
    pub version: u32,
    /// The path of its section.
    pub section: &'a str,
    /// Its file name.
    pub name: &'a str,
    /// Its media type.
    pub kind: &'a str,
    /// In bytes.
    pub size: u64,
}

impl Uploads {
    /// The bucket of this name.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Uploads {
        Uploads { client, bucket: bucket.into() }
    }

    /// A request that puts exactly these bytes' number and type, once, within five minutes. Section and name are signed
    /// with it, because `make-renditions` knows no database; the key has a random part, so that nobody guesses it.
    ///
    /// # Errors
    /// When there are no credentials to sign with.
    pub async fn presigned(
        &self,
        expected: &Expected<'_>,
        random: [u8; 16],
        now: OffsetDateTime,
    ) -> Result<Upload, UploadError> {
        let failed = |error: &dyn std::error::Error| UploadError(DisplayErrorContext(error).to_string());
        let config = PresigningConfig::builder()
            .start_time(SystemTime::from(now))
            .expires_in(LIFETIME)
            .build()
            .map_err(|error| failed(&error))?;
        let length = i64::try_from(expected.size).map_err(|error| failed(&error))?;
        let request = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(key(expected, random))
            .content_length(length)
            .content_type(expected.kind)
            .if_none_match("*")
            .metadata("media", expected.id)
            .metadata("version", expected.version.to_string())
            .metadata("section", expected.section)
            .metadata("name", utf8_percent_encode(expected.name, NON_ALPHANUMERIC).to_string());
        let request = request.presigned(config).await.map_err(|error| failed(&error))?;
        // A browser sets the length by itself and refuses to have it set.
        let headers = request.headers().filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        Ok(Upload {
            url: request.uri().to_owned(),
            method: request.method().to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            expires_at: ambient::timestamp(now + LIFETIME),
        })
    }

    /// Uploads what a version of one media item was made of once more, as another one.
    ///
    /// # Errors
    /// When the first upload is not there, or the bucket refuses.
    pub async fn again(
        &self,
        from: (&str, u32),
        expected: &Expected<'_>,
        random: [u8; 16],
    ) -> Result<(), UploadError> {
        let failed = |error: &dyn std::error::Error| UploadError(DisplayErrorContext(error).to_string());
        let source = self.of(&format!("uploads/{}/{}/", from.0, from.1)).await?.into_iter().next();
        let source = source.ok_or_else(|| UploadError("the original is not there any more".to_owned()))?;
        self.client
            .copy_object()
            .bucket(&self.bucket)
            .copy_source(format!("{}/{source}", self.bucket))
            .key(key(expected, random))
            .metadata_directive(aws_sdk_s3::types::MetadataDirective::Replace)
            .content_type(expected.kind)
            .metadata("media", expected.id)
            .metadata("version", expected.version.to_string())
            .metadata("section", expected.section)
            .metadata("name", utf8_percent_encode(expected.name, NON_ALPHANUMERIC).to_string())
            .send()
            .await
            .map_err(|error| failed(&error))?;
        Ok(())
    }

    /// Removes what was uploaded for a media item, but for the version that is kept.
    ///
    /// # Errors
    /// When the bucket refuses.
    pub async fn remove(&self, id: &str, kept: Option<u32>) -> Result<(), UploadError> {
        let kept = kept.map(|version| format!("uploads/{id}/{version}/"));
        let mut keys = self.of(&format!("uploads/{id}/")).await?;
        keys.retain(|key| kept.as_ref().is_none_or(|kept| !key.starts_with(kept)));
        let bucket = delivery::Bucket::new(self.client.clone(), self.bucket.clone());
        let left = bucket.delete(&keys).await.map_err(|error| UploadError(error.to_string()))?;
        match left.first() {
            Some(left) => Err(UploadError(format!("{} could not be removed: {}", left.key, left.reason))),
            None => Ok(()),
        }
    }

    /// The keys of a media item's uploads, a few at most: one for each version.
    async fn of(&self, prefix: &str) -> Result<Vec<String>, UploadError> {
        let listed = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix).send().await;
        let listed = listed.map_err(|error| UploadError(DisplayErrorContext(&error).to_string()))?;
        Ok(listed.contents().iter().filter_map(|object| object.key()).map(ToOwned::to_owned).collect())
    }
}

fn key(expected: &Expected<'_>, random: [u8; 16]) -> String {
    use std::fmt::Write as _;
    let Expected { id, version, .. } = expected;
    random.iter().fold(format!("uploads/{id}/{version}/"), |mut key, byte| {
        let _ = write!(key, "{byte:02x}");
        key
    })
}

#[cfg(test)]
mod tests {
    use aws_credential_types::Credentials;
    use aws_sdk_s3::config::{BehaviorVersion, Region};

    use super::*;

    #[tokio::test]
    async fn a_presigned_upload_is_for_exactly_one_file() {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::for_tests())
            .build();
        let uploads = Uploads::new(Client::from_conf(config), "uploads");
        let expected = Expected {
            id: "7",
            version: 2,
            section: "/news/",
            name: "a ü.jpg",
            kind: "image/jpeg",
            size: 12_345,
        };
        let upload = uploads.presigned(&expected, [0xab; 16], OffsetDateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(upload.method, "PUT");
        assert_eq!(upload.expires_at.as_str(), "1970-01-01T00:05:00.000Z");
        assert!(upload.url.contains(&format!("uploads/7/2/{}", "ab".repeat(16))), "{}", upload.url);
        assert!(upload.url.contains("X-Amz-Expires=300"), "{}", upload.url);
        let signed = upload.url.split("X-Amz-SignedHeaders=").nth(1).unwrap();
        for field in [
            "content-length",
            "content-type",
            "if-none-match",
            "x-amz-meta-media",
            "x-amz-meta-version",
            "x-amz-meta-section",
        ] {
            assert!(signed.contains(field), "{field} in {signed}");
        }
        assert!(upload.headers.contains(&("content-type".to_owned(), "image/jpeg".to_owned())));
        assert!(upload.headers.contains(&("x-amz-meta-name".to_owned(), "a%20%C3%BC%2Ejpg".to_owned())));
    }
}
