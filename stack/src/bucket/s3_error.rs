//! S3's errors: a code, a status and an XML document.

use http::StatusCode;
use serde::Serialize;

/// Why S3 refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum S3Error {
    #[error("Access Denied")]
    AccessDenied,
    #[error("Request has expired")]
    RequestExpired,
    #[error("CORSResponse: This CORS request is not allowed.")]
    AccessForbidden,
    #[error("The AWS Access Key Id you provided does not exist in our records.")]
    InvalidAccessKeyId,
    #[error("The request signature we calculated does not match the signature you provided.")]
    SignatureDoesNotMatch,
    #[error("Query-string authentication version 4 requires all X-Amz parameters, in their form.")]
    AuthorizationQueryParametersError,
    #[error("Please reduce your request rate.")]
    SlowDown,
    #[error("The specified key does not exist.")]
    NoSuchKey,
    #[error("The specified bucket does not exist")]
    NoSuchBucket,
    #[error("The specified method is not allowed against this resource.")]
    MethodNotAllowed,
    #[error("At least one of the pre-conditions you specified did not hold")]
    PreconditionFailed,
    #[error("The requested range is not satisfiable")]
    InvalidRange,
    #[error("Your request header section exceeds the maximum allowed size.")]
    RequestHeaderSectionTooLarge,
    #[error("Couldn't parse the specified URI.")]
    InvalidUri,
    #[error("Your proposed upload exceeds the maximum allowed object size.")]
    EntityTooLarge,
    #[error("You did not provide the number of bytes specified by the Content-Length HTTP header")]
    IncompleteBody,
    #[error("The Content-MD5 you specified did not match what we received.")]
    BadDigest,
    #[error("The checksum you specified did not match the calculated checksum.")]
    ChecksumMismatch,
    #[error(
        "The request contained trailing data that was not well-formed or did not conform to our published schema."
    )]
    MalformedTrailer,
    #[error("The XML you provided was not well-formed or did not validate against our published schema")]
    MalformedXml,
    #[error(
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*, or one that is not known."
    )]
    InvalidRequest,
    #[error("The specified version does not exist.")]
    NoSuchVersion,
    #[error("The argument you provided is invalid.")]
    InvalidArgument,
    #[error("A header or query parameter you provided implies functionality that is not implemented.")]
    NotImplemented,
}

#[derive(Serialize)]
#[serde(rename = "Error", rename_all = "PascalCase")]
struct ErrorDocument<'a> {
    code: String,
    message: String,
    resource: &'a str,
    request_id: &'a str,
    host_id: &'a str,
}

impl S3Error {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::AccessDenied
            | Self::AccessForbidden
            | Self::RequestExpired
            | Self::InvalidAccessKeyId
            | Self::SignatureDoesNotMatch => StatusCode::FORBIDDEN,
            Self::SlowDown => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoSuchKey | Self::NoSuchBucket | Self::NoSuchVersion => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotImplemented => StatusCode::NOT_IMPLEMENTED,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::InvalidRange => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::RequestHeaderSectionTooLarge
            | Self::InvalidUri
            | Self::EntityTooLarge
            | Self::IncompleteBody
            | Self::BadDigest
            | Self::ChecksumMismatch
            | Self::MalformedTrailer
            | Self::MalformedXml
            | Self::InvalidRequest
            | Self::AuthorizationQueryParametersError
            | Self::InvalidArgument => StatusCode::BAD_REQUEST,
        }
    }

    /// S3's own word for it.
    pub(super) fn code(self) -> String {
        match self {
            Self::InvalidUri => "InvalidURI".into(),
            Self::RequestExpired => "AccessDenied".into(),
            Self::MalformedXml => "MalformedXML".into(),
            Self::MalformedTrailer => "MalformedTrailerError".into(),
            Self::ChecksumMismatch => "BadDigest".into(),
            other => format!("{other:?}"),
        }
    }

    pub(super) fn document(self, resource: &str, request_id: &str) -> String {
        let document = ErrorDocument {
            code: self.code(),
            message: self.to_string(),
            resource,
            request_id,
            host_id: "local-bucket",
        };
        // Five strings always serialise; an empty body would still carry the status.
        let xml = quick_xml::se::to_string(&document).unwrap_or_default();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}")
    }
}

#[cfg(test)]
mod tests {
    use super::S3Error;

    #[test]
    fn the_document_is_s3s_and_escaped() {
        let xml = S3Error::NoSuchKey.document("/a&b", "R1");
        assert!(
            xml.contains("<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>")
        );
        assert!(xml.contains("<Resource>/a&amp;b</Resource><RequestId>R1</RequestId>"), "{xml}");
    }
}
