//! How often relying parties have called, so that tests can say "once".

use std::sync::atomic::{AtomicU64, Ordering};

/// Requests to the token endpoint by grant type, whatever came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenRequests {
    /// `authorization_code`.
    pub authorization_code: u64,
    /// `refresh_token`.
    pub refresh_token: u64,
    /// Any other, or none.
    pub other: u64,
}

/// The running counts.
#[derive(Default)]
pub(crate) struct RequestCounts {
    authorization_code: AtomicU64,
    refresh_token: AtomicU64,
    other: AtomicU64,
    jwks: AtomicU64,
    revoke: AtomicU64,
}

impl RequestCounts {
    pub(crate) fn count_token(&self, grant_type: Option<&str>) {
        let counter = match grant_type {
            Some("authorization_code") => &self.authorization_code,
            Some("refresh_token") => &self.refresh_token,
            _ => &self.other,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_jwks(&self) {
        self.jwks.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_revoke(&self) {
        self.revoke.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn token(&self) -> TokenRequests {
        TokenRequests {
            authorization_code: self.authorization_code.load(Ordering::Relaxed),
            refresh_token: self.refresh_token.load(Ordering::Relaxed),
            other: self.other.load(Ordering::Relaxed),
        }
    }

    pub(crate) fn jwks(&self) -> u64 {
        self.jwks.load(Ordering::Relaxed)
    }

    pub(crate) fn revoke(&self) -> u64 {
        self.revoke.load(Ordering::Relaxed)
    }
}
