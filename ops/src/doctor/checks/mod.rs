//! The checks, one a file: each a pure function of the facts.

mod api_authorization;
mod cache_keys;
mod callback_urls;
mod certificate;
mod client_secret;
mod clock;
mod cms_api;
mod compression;
mod configuration;
mod content_policy;
mod cookie_layout;
mod cookie_sizes;
mod default_root_object;
mod deployed_keys;
mod error_responses;
mod function_version;
mod groups;
#[cfg(test)]
pub(super) mod healthy;
mod host_header;
mod hosted_ui;
mod hosts;
mod issuer;
mod log_groups;
mod logout_urls;
mod methods;
mod missing_objects;
mod near_miss;
mod oauth_flows;
mod origin_access;
mod plain_http;
mod refresh_rotation;
mod scopes;
mod sealing_keys;
mod served_api;
mod session_life;
mod sign_in;
mod signing_keys;
mod token_revocation;
mod transport_security;
mod unprotected_paths;

pub(super) use content_policy::judge as judge_page;

use super::facts::Facts;
use super::{Found, Unknown};

/// What is checked.
pub(super) struct Check {
    /// Its name, as findings have it.
    pub(super) name: &'static str,
    /// Where to read on.
    pub(super) reference: &'static str,
    /// Looks at the facts. An error says which of them it lacks; what it found before stays.
    pub(super) run: fn(&Facts, &mut Found) -> Result<(), Unknown>,
}

/// All of them: first what stops everybody, then what stops some.
pub(super) const CHECKS: &[Check] = &[
    configuration::CHECK,
    sign_in::CHECK,
    callback_urls::CHECK,
    logout_urls::CHECK,
    oauth_flows::CHECK,
    scopes::CHECK,
    client_secret::CHECK,
    issuer::CHECK,
    hosted_ui::CHECK,
    signing_keys::CHECK,
    function_version::CHECK,
    unprotected_paths::CHECK,
    hosts::CHECK,
    certificate::CHECK,
    plain_http::CHECK,
    methods::CHECK,
    api_authorization::CHECK,
    host_header::CHECK,
    cache_keys::CHECK,
    error_responses::CHECK,
    origin_access::CHECK,
    missing_objects::CHECK,
    cms_api::CHECK,
    default_root_object::CHECK,
    content_policy::CHECK,
    groups::CHECK,
    cookie_layout::CHECK,
    cookie_sizes::CHECK,
    session_life::CHECK,
    refresh_rotation::CHECK,
    token_revocation::CHECK,
    sealing_keys::CHECK,
    deployed_keys::CHECK,
    clock::CHECK,
    log_groups::CHECK,
    transport_security::CHECK,
    compression::CHECK,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{Diagnosis, Fact};

    #[test]
    fn a_healthy_deployment_has_no_finding_and_every_check_is_made() {
        let diagnosis = Diagnosis::of(&healthy::facts());
        assert_eq!(diagnosis.findings, []);
        assert_eq!(diagnosis.not_checked, []);
        assert_eq!(diagnosis.fine.len(), CHECKS.len());
    }

    #[test]
    fn nothing_known_is_nothing_passed() {
        let diagnosis = Diagnosis::of(&healthy::nothing_known());
        assert!(diagnosis.fine.is_empty(), "{:?}", diagnosis.fine);
        assert_eq!(diagnosis.not_checked.len(), CHECKS.len());
        assert!(diagnosis.not_checked.iter().all(|one| one.why == "nobody asked"));
    }

    #[test]
    fn names_and_references_are_in_order() {
        for check in CHECKS {
            assert_eq!(CHECKS.iter().filter(|other| other.name == check.name).count(), 1, "{}", check.name);
            assert!(check.reference.starts_with("https://"), "{}", check.name);
        }
    }

    #[test]
    fn one_denied_fact_leaves_the_others_checked() {
        let mut facts = healthy::facts();
        facts.client = Fact::unknown("AccessDeniedException");
        let diagnosis = Diagnosis::of(&facts);
        assert!(diagnosis.not_checked.iter().any(|one| one.check == "callback-urls"));
        assert!(diagnosis.fine.contains(&"function-version"));
        assert!(!diagnosis.is_broken());
    }
}
