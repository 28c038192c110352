//! How requests to a bucket fail, for tests.

use std::time::Duration;

use super::s3_error::S3Error;

/// How requests fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BucketFault {
    /// 403 AccessDenied.
    Denied,
    /// 503 SlowDown.
    Throttled,
    /// The right answer, late.
    Slow(Duration),
}

impl BucketFault {
    /// The failure in place of an answer; `None` where the right answer is to follow.
    pub(super) async fn strike(self) -> Option<S3Error> {
        match self {
            Self::Denied => Some(S3Error::AccessDenied),
            Self::Throttled => Some(S3Error::SlowDown),
            Self::Slow(delay) => {
                tokio::time::sleep(delay).await;
                None
            }
        }
    }
}
