//! The bytes of an object on their way.

use std::io;
use std::path::Path;

use aws_sdk_s3::primitives::ByteStream;

/// The bytes to put.
#[derive(Debug)]
pub struct Body {
    pub(super) stream: ByteStream,
    pub(super) md5: Option<String>,
}

impl Body {
    /// Bytes in memory.
    #[must_use]
    pub fn bytes(bytes: Vec<u8>) -> Body {
        Body { stream: ByteStream::from(bytes), md5: None }
    }

    /// A file, which is read while it is sent.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn file(path: &Path) -> io::Result<Body> {
        let stream = ByteStream::from_path(path).await.map_err(io::Error::other)?;
        Ok(Body { stream, md5: None })
    }

    /// With the MD5 digest of the bytes in base64: S3 refuses other ones.
    #[must_use]
    pub fn with_md5(self, md5: &str) -> Body {
        Body { md5: Some(md5.to_owned()), ..self }
    }
}
