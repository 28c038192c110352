//! Problem documents (RFC 9457), which every error of the API is.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryId};

/// What kind of problem it is: stable, for programs. A URI reference relative to the API, such as `wider-audience`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemType {
    /// 400: a query parameter, a header or the body's syntax is wrong.
    BadRequest,
    /// 401: no access token, or one that is not valid.
    Unauthorized,
    /// 403: the role does not allow it; `detail` names the groups that may.
    Forbidden,
    /// 404: there is no such thing.
    NotFound,
    /// 405: the address does not take this method.
    MethodNotAllowed,
    /// 408: the request took too long to arrive.
    RequestTimeout,
    /// 409: the state of the thing does not allow it.
    Conflict,
    /// 409: the address is taken by another entry.
    PathTaken,
    /// 409: the page would show something to people who may not see it where it lies.
    WiderAudience,
    /// 409: it is used, and `used_in` says where.
    InUse,
    /// 412: it was changed meanwhile; `current` is what it is now.
    VersionMismatch,
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body is not of a type that is taken.
    UnsupportedType,
    /// 422: members of the body are wrong; `errors` names all of them.
    Invalid,
    /// 422: the idempotency key was used with another body.
    KeyReused,
    /// 428: `If-Match` is required.
    PreconditionRequired,
    /// 429: too many requests.
    TooManyRequests,
    /// 500: a defect of the server's.
    Internal,
    /// 503: the database or a service does not answer.
    Unavailable,
}

/// A member that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    /// Which one, as a JSON pointer (RFC 6901) such as `/title`.
    pub pointer: String,
    /// What is wrong and what was expected.
    pub detail: String,
}

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What kind of problem it is.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The members that are wrong, all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Violation>,
    /// The entry as it is now, with 412.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub current: Option<Box<Entry>>,
    /// The media items that it is about, or the entries that use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ProblemItem>,
}

/// A thing that a problem names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemItem {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The entry that it is about, where it is not an entry itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}
