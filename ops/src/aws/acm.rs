//! AWS Certificate Manager.

use aws_sdk_acm::types::CertificateDetail;

use super::{CallError, Cloud};

impl Cloud {
    /// A certificate of this region; `None` if there is none of this ARN.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn certificate(&self, arn: &str) -> Result<Option<CertificateDetail>, CallError> {
        let doing = || format!("reading the certificate {arn}");
        match self.acm().describe_certificate().certificate_arn(arn).send().await {
            Ok(answer) => Ok(answer.certificate),
            Err(error)
                if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) =>
            {
                Ok(None)
            }
            Err(error) => Err(CallError::new(doing(), error)),
        }
    }
}
