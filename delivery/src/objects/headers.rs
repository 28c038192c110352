//! What is said of an object beside its bytes.

use std::collections::BTreeMap;

/// The headers that S3 keeps with an object and answers with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectHeaders {
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
    /// `Content-Encoding`, where the bytes are compressed.
    pub content_encoding: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `x-amz-website-redirect-location`: the object stands for a redirect to this path or address.
    pub redirect: Option<String>,
    /// `x-amz-meta-*`, by what follows the prefix, in lower case.
    pub metadata: BTreeMap<String, String>,
}

impl ObjectHeaders {
    /// Of a content type and how long it is kept, without anything else.
    #[must_use]
    pub fn new(content_type: &str, cache_control: &str) -> ObjectHeaders {
        ObjectHeaders {
            content_type: content_type.to_owned(),
            cache_control: cache_control.to_owned(),
            ..ObjectHeaders::default()
        }
    }

    /// With one entry of metadata more.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> ObjectHeaders {
        self.metadata.insert(name.to_owned(), value.to_owned());
        self
    }
}
