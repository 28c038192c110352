//! Every error of the API: a problem document (RFC 9457).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use content::permission::Permission;
use content::wire::{Entry, EntryId, Problem, ProblemItem, ProblemType, Use, UsedIn, Violation};

use super::json;

/// A request that is not done, as whoever made it is told.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    problem: Box<Problem>,
    headers: HeaderMap,
}

/// A failure that is answered instead of what was asked for.
pub(crate) type Answer<T> = Result<T, Failure>;

impl Failure {
    fn new(kind: ProblemType, detail: impl Into<String>) -> Failure {
        let (status, title) = told(kind);
        let problem = Problem {
            kind,
            title: title.to_owned(),
            status: status.as_u16(),
            detail: Some(detail.into()),
            errors: Vec::new(),
            current: None,
            items: Vec::new(),
        };
        Failure { problem: Box::new(problem), headers: HeaderMap::new() }
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Failure {
        Failure::new(ProblemType::BadRequest, detail)
    }

    pub(crate) fn unauthorized(detail: impl Into<String>) -> Failure {
        let failure = Failure::new(ProblemType::Unauthorized, detail);
        failure.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    pub(crate) fn forbidden(detail: impl Into<String>) -> Failure {
        Failure::new(ProblemType::Forbidden, detail)
    }

    /// A refusal that names who may.
    pub(crate) fn lacks(permission: Permission, holders: &[&str]) -> Failure {
        Failure::forbidden(format!(
            "{} is needed, which members of {} have",
            permission.name(),
            holders.join(" and of ")
        ))
    }

    pub(crate) fn not_found(what: &str) -> Failure {
        Failure::new(ProblemType::NotFound, format!("there is no such {what}"))
    }

    /// The router adds `Allow`, which names the methods that the address takes.
    pub(crate) fn method_not_allowed() -> Failure {
        Failure::new(ProblemType::MethodNotAllowed, "this address takes other methods, which `allow` names")
    }

    pub(crate) fn request_timeout() -> Failure {
        Failure::new(ProblemType::RequestTimeout, "the request took too long to arrive or to be answered")
    }

    pub(crate) fn conflict(detail: impl Into<String>) -> Failure {
        Failure::new(ProblemType::Conflict, detail)
    }

    /// An address that is taken; `by` is the entry that has it.
    pub(crate) fn path_taken(path: &str, by: Option<EntryId>) -> Failure {
        let mut failure = Failure::new(ProblemType::PathTaken, format!("the address {path} is taken"));
        failure.problem.errors.push(Violation {
            pointer: "/slug".to_owned(),
            detail: format!("leads to {path}, which is taken"),
        });
        failure.problem.items = by.into_iter().map(|id| item(id, path)).collect();
        failure
    }

    pub(crate) fn source_taken(entry: EntryId) -> Failure {
        Failure::conflict("an entry was imported from this source already").with_items(vec![item(entry, "")])
    }

    pub(crate) fn wider_audience(items: Vec<ProblemItem>) -> Failure {
        let detail = "the page may be read by people who may not see these parts of it; \
                      publish with accept: [\"wider-audience\"], or copy them into the page's section";
        Failure::new(ProblemType::WiderAudience, detail).with_items(items)
    }

    pub(crate) fn in_use(uses: Vec<UsedIn>) -> Failure {
        let revisions_only = uses.iter().all(|used| used.place == Use::Revision);
        let detail = match revisions_only {
            true => "only older revisions use it; delete it with revisions=true all the same",
            false => "entries use it; take it out of them first",
        };
        let items = uses.into_iter().map(|used| item(used.entry, &used.title)).collect();
        Failure::new(ProblemType::InUse, detail).with_items(items)
    }

    pub(crate) fn version_mismatch(current: Entry) -> Failure {
        let detail = format!("the entry was changed meanwhile and is at version {}", current.summary.version);
        let mut failure = Failure::new(ProblemType::VersionMismatch, detail);
        failure.problem.current = Some(Box::new(current));
        failure
    }

    /// The same for what is no entry.
    pub(crate) fn other_version(version: i64) -> Failure {
        Failure::new(
            ProblemType::VersionMismatch,
            format!("it was changed meanwhile and is at version {version}"),
        )
    }

    pub(crate) fn too_large(limit: usize) -> Failure {
        Failure::new(ProblemType::TooLarge, format!("the body is over {limit} bytes"))
    }

    pub(crate) fn unsupported_type() -> Failure {
        Failure::new(
            ProblemType::UnsupportedType,
            "the body has to be application/json in UTF-8, not encoded",
        )
    }

    pub(crate) fn invalid(errors: Vec<Violation>) -> Failure {
        let detail = errors.iter().map(|error| format!("{} {}", error.pointer, error.detail));
        let detail = detail.take(5).collect::<Vec<_>>().join("; ");
        let mut failure = Failure::new(ProblemType::Invalid, detail);
        failure.problem.errors = errors;
        failure
    }

    pub(crate) fn invalid_at(pointer: &str, detail: impl Into<String>) -> Failure {
        Failure::invalid(vec![Violation { pointer: pointer.to_owned(), detail: detail.into() }])
    }

    pub(crate) fn key_reused() -> Failure {
        Failure::new(ProblemType::KeyReused, "the idempotency key was used with another request")
    }

    pub(crate) fn precondition_required() -> Failure {
        Failure::new(
            ProblemType::PreconditionRequired,
            "If-Match is required, with the version of the entry that was read, such as \"3\"",
        )
    }

    /// A defect of ours: the cause goes into the log, and no further.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Failure {
        tracing::error!(%cause, "a request failed");
        Failure::new(ProblemType::Internal, "the server has a defect; it is in its log")
    }

    /// Something that we need does not answer: the cause goes into the log, and no further.
    pub(crate) fn unavailable(cause: &dyn std::fmt::Display) -> Failure {
        tracing::warn!(%cause, "a service does not answer");
        let failure =
            Failure::new(ProblemType::Unavailable, "a service behind the API does not answer; try again");
        failure.with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    fn with_header(mut self, name: header::HeaderName, value: HeaderValue) -> Failure {
        self.headers.insert(name, value);
        self
    }

    pub(crate) fn with_items(mut self, items: Vec<ProblemItem>) -> Failure {
        self.problem.items = items;
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn into_problem(self) -> Problem {
        *self.problem
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        let status = self.status();
        let mut response = json::response(status, "application/problem+json", &*self.problem);
        response.headers_mut().extend(self.headers);
        response
    }
}

fn item(id: EntryId, name: &str) -> ProblemItem {
    ProblemItem { id: id.0, name: name.to_owned(), entry: None }
}

/// The status and the words of each kind of problem.
pub(crate) fn told(kind: ProblemType) -> (StatusCode, &'static str) {
    match kind {
        ProblemType::BadRequest => (StatusCode::BAD_REQUEST, "the request cannot be read"),
        ProblemType::Unauthorized => (StatusCode::UNAUTHORIZED, "a valid access token is needed"),
        ProblemType::Forbidden => (StatusCode::FORBIDDEN, "the role does not allow it"),
        ProblemType::NotFound => (StatusCode::NOT_FOUND, "not found"),
        ProblemType::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method not allowed"),
        ProblemType::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, "the request took too long"),
        ProblemType::Conflict => (StatusCode::CONFLICT, "its state does not allow it"),
        ProblemType::PathTaken => (StatusCode::CONFLICT, "the address is taken"),
        ProblemType::WiderAudience => (StatusCode::CONFLICT, "more people could read it than may"),
        ProblemType::InUse => (StatusCode::CONFLICT, "it is in use"),
        ProblemType::VersionMismatch => (StatusCode::PRECONDITION_FAILED, "it was changed meanwhile"),
        ProblemType::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"),
        ProblemType::UnsupportedType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is of another type"),
        ProblemType::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "members are wrong"),
        ProblemType::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "the idempotency key was used"),
        ProblemType::PreconditionRequired => (StatusCode::PRECONDITION_REQUIRED, "If-Match is required"),
        ProblemType::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too many requests"),
        ProblemType::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "the server has a defect"),
        ProblemType::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "not available now"),
    }
}
