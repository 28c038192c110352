//! A certificate of AWS Certificate Manager.

use crate::moment::Moment;

/// What ACM says of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its ARN, whose fourth part is its region.
    pub arn: String,
    /// `ISSUED`, `PENDING_VALIDATION`, `EXPIRED` and so on.
    pub status: String,
    /// The host names it is for; `*.example.com` stands for one label.
    pub names: Vec<String>,
    /// When it ends.
    pub not_after: Option<Moment>,
    /// Whether ACM renews it by itself.
    pub renews: bool,
}

impl Certificate {
    /// Its region.
    #[must_use]
    pub fn region(&self) -> &str {
        region_of(&self.arn)
    }

    /// Whether it is for this host (RFC 6125 section 6.4.3).
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        self.names.iter().any(|name| match name.strip_prefix("*.") {
            Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent)),
            None => name.eq_ignore_ascii_case(host),
        })
    }
}

/// The region in an ARN: `arn:aws:acm:us-east-1:…`.
pub(crate) fn region_of(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}
