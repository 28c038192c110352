//! The local distribution.

use crate::cdn::Distribution;

/// The origin of the site and the app.
pub(super) const SITE_ORIGIN: &str = "site";
/// The origin of the API.
pub(super) const API_ORIGIN: &str = "api";

/// The distribution, in the form of CloudFront's own configuration.
pub(super) fn distribution() -> Result<Distribution, serde_json::Error> {
    serde_json::from_str(include_str!("site_distribution.json"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_distribution_is_one() {
        assert_eq!(super::distribution().unwrap().id, "E1LOCALPARAPET");
    }
}
