//! What S3 says of an object.

use super::headers::ObjectHeaders;

/// What a listing says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its size in bytes.
    pub size: u64,
}

/// An object, read as a whole.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its entity tag, without quotes.
    pub etag: String,
}

/// An object that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its version, in a versioned bucket.
    pub version: Option<String>,
}

/// What is said of an object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What stands there.
    pub stored: Stored,
    /// Its headers.
    pub headers: ObjectHeaders,
}

/// An object that was not deleted, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeleted {
    /// Its key.
    pub key: String,
    /// S3's code and message.
    pub reason: String,
}
