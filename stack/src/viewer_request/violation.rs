//! The rules an answer can break. CloudFront shows one sentence for many of them; the log names the rule.

/// What a function did to a read-only header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderChange {
    /// It was not in the event.
    Added,
    /// It was in the event with other values.
    Changed,
    /// It is missing.
    Removed,
}

impl std::fmt::Display for HeaderChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        })
    }
}

/// A rule that an answer broke.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// The answer is not JSON.
    #[error("answer is not json: {0}")]
    NotJson(String),
    /// The answer is JSON, but not an object.
    #[error("answer is {0}, expected an object")]
    NotAnObject(&'static str),
    /// A member is missing or has the wrong type.
    #[error("{member} is {found}, expected {expected}")]
    Member {
        /// The member's name.
        member: &'static str,
        /// What there was.
        found: &'static str,
        /// What should have been there.
        expected: &'static str,
    },
    /// The method differs from the event's.
    #[error("method is read-only, expected {expected:?}")]
    MethodChanged {
        /// The event's.
        expected: String,
    },
    /// The client address differs from the event's.
    #[error("clientIp is read-only, expected {expected:?}")]
    ClientIpChanged {
        /// The event's.
        expected: String,
    },
    /// The uri does not begin with "/".
    #[error("uri does not begin with \"/\"")]
    UriNotAbsolute,
    /// The uri holds a character that has no place in a path.
    #[error("uri holds {0:?}, expected no space, control character, \"?\" or \"#\"")]
    UriCharacter(char),
    /// The querystring holds a character that has no place in a query.
    #[error("querystring holds {0:?}, expected no space, control character or \"#\"")]
    QuerystringCharacter(char),
    /// Path and query together are too long.
    #[error("uri and querystring have {size} bytes, expected fewer than {limit}")]
    UrlTooLong {
        /// Their length in bytes.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// `headers` is not an object.
    #[error("headers is {0}, expected an object")]
    HeadersNotAnObject(&'static str),
    /// A header's name is not an RFC 9110 token.
    #[error("header name {0:?} is not a token")]
    HeaderName(String),
    /// A header's name has capital letters.
    #[error("header name {0:?} is not in lower case")]
    HeaderNameCase(String),
    /// A header is not an array.
    #[error("header {0} is not an array")]
    HeaderNotAnArray(String),
    /// An entry of a header is not an object.
    #[error("header {0} has an entry that is not an object")]
    HeaderEntry(String),
    /// An entry's key is not the header's name.
    #[error("header {name} has the key {key}, expected the same name")]
    HeaderKey {
        /// The header's name.
        name: String,
        /// The entry's key, as JSON.
        key: String,
    },
    /// An entry's value is missing or not a string.
    #[error("header {0} has an entry without a string as value")]
    HeaderValue(String),
    /// An entry's value holds a control character.
    #[error("header {0} has a control character in its value")]
    HeaderValueCharacter(String),
    /// A header that functions may not set.
    #[error("header {0} is disallowed")]
    DisallowedHeader(String),
    /// A header that functions may only read.
    #[error("header {name} is read-only and was {change}")]
    ReadOnlyHeader {
        /// Its name.
        name: &'static str,
        /// What happened to it.
        change: HeaderChange,
    },
    /// The status is not a string of three digits from 200 to 599.
    #[error("status is {0}, expected a string of three digits from \"200\" to \"599\"")]
    Status(String),
    /// The status description holds a control character.
    #[error("statusDescription holds a control character")]
    StatusDescription,
    /// This status carries no body.
    #[error("status {0} carries no body")]
    BodyWithStatus(u16),
    /// The encoding is neither of the two.
    #[error("body encoding is {0}, expected \"text\" or \"base64\"")]
    BodyEncoding(String),
    /// The body is said to be base64, but is not.
    #[error("body is not base64")]
    BodyNotBase64,
    /// The body's action is neither of the two.
    #[error("body action is {0}, expected \"read-only\" or \"replace\"")]
    BodyAction(String),
    /// A body may be replaced only where the association includes it.
    #[error("body is replaced, but the association does not include it")]
    BodyNotIncluded,
    /// `inputTruncated` is read-only.
    #[error("inputTruncated is read-only and was changed")]
    InputTruncatedChanged,
    /// The body put in place of the viewer's is too large.
    #[error("replaced body has {size} bytes, expected at most {limit}")]
    BodyTooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The generated response is too large.
    #[error("generated response has {size} bytes with its headers, expected at most {limit}")]
    ResponseTooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

impl Violation {
    /// The sentence on CloudFront's page.
    #[must_use]
    pub fn page_message(&self) -> &'static str {
        match self {
            Self::NotJson(_) => "The Lambda function returned invalid JSON: The JSON output is not parsable.",
            Self::NotAnObject(_) => {
                "The Lambda function returned invalid JSON: The JSON output must be an object type."
            }
            Self::HeadersNotAnObject(_)
            | Self::HeaderName(_)
            | Self::HeaderNameCase(_)
            | Self::HeaderEntry(_)
            | Self::HeaderKey { .. }
            | Self::HeaderValue(_)
            | Self::HeaderValueCharacter(_) => {
                "The Lambda function returned an invalid entry in the headers object."
            }
            Self::HeaderNotAnArray(_) => {
                "The Lambda function returned an invalid entry in the headers object: Each header entry in the \
                 headers object must be an array."
            }
            Self::DisallowedHeader(_) => {
                "The Lambda function result failed validation: The function tried to add a blacklisted header."
            }
            Self::ReadOnlyHeader { .. } => {
                "The Lambda function result failed validation: The function tried to add, delete, or change a \
                 read-only header."
            }
            Self::BodyWithStatus(_)
            | Self::BodyEncoding(_)
            | Self::BodyNotBase64
            | Self::BodyAction(_)
            | Self::BodyNotIncluded
            | Self::InputTruncatedChanged
            | Self::BodyTooLarge { .. }
            | Self::ResponseTooLarge { .. } => {
                "The Lambda function result failed validation: The body is not a string, is not an object, or \
                 exceeds the maximum size."
            }
            Self::UriNotAbsolute | Self::UriCharacter(_) | Self::UrlTooLong { .. } => {
                "The Lambda function returned an invalid URI format."
            }
            Self::Member { .. }
            | Self::MethodChanged { .. }
            | Self::ClientIpChanged { .. }
            | Self::QuerystringCharacter(_)
            | Self::Status(_)
            | Self::StatusDescription => "The Lambda function returned an invalid request or response.",
        }
    }
}
