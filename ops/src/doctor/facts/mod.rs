//! Everything that the checks look at, in the checks' own words.

mod answer;
mod cache;
mod certificate;
mod cognito;
mod distribution;
mod gate;
mod log_group;
mod page;
mod secret;

pub(crate) use self::gate::key_ids;
pub use self::gate::{GateSettings, SealingKeyFacts, Source};
pub use answer::{Answer, ClockReading, CmsApi};
pub(crate) use cache::managed_origin_request;
pub use cache::{CachePolicy, Forwarded, ResponsePolicy};
pub use certificate::Certificate;
pub(crate) use certificate::region_of;
pub use cognito::{AppClient, Group, HostedUi, UserPool};
pub(crate) use distribution::sample;
pub use distribution::{Association, Behavior, Distribution, ErrorResponse, Origin, OriginKind};
pub use log_group::LogGroup;
pub use page::Page;
pub use secret::SecretPrint;

use super::fact::Fact;
use crate::moment::Moment;

/// What is known about one deployment.
#[derive(Debug, Clone)]
pub struct Facts {
    /// How the gate is configured.
    pub gate: Fact<GateSettings>,
    /// What the gate itself says against its configuration; it would not start with it.
    pub config_problems: Vec<String>,
    /// The user pool.
    pub pool: Fact<UserPool>,
    /// The app client.
    pub client: Fact<AppClient>,
    /// What Cognito says of the hosted UI's domain; `None` if it knows of none.
    pub hosted_ui: Fact<Option<HostedUi>>,
    /// The answer of the issuer's `/.well-known/openid-configuration`.
    pub discovery: Fact<Answer>,
    /// The key ids that the user pool publishes.
    pub served_keys: Fact<Vec<String>>,
    /// The distribution.
    pub distribution: Fact<Distribution>,
    /// Its certificate in ACM; `None` if it has CloudFront's own.
    pub certificate: Fact<Option<Certificate>>,
    /// The hashes of the sealing keys in Parameter Store, the one that seals first; `None` if there are none yet.
    pub stored_keys: Fact<Option<Vec<SecretPrint>>>,
    /// The version that was deployed last, as an ARN.
    pub newest_version: Fact<String>,
    /// The log group of each region that runs the function.
    pub log_groups: Vec<(String, Fact<Option<LogGroup>>)>,
    /// What a visitor who is not signed in gets for a page that wants a session.
    pub signed_out: Fact<Answer>,
    /// What the hosted UI says to the authorization request that the gate sends people with.
    pub authorization: Fact<Answer>,
    /// What comes for an object that is not there, with its path.
    pub missing: Fact<Answer>,
    /// What the CMS's API answers; `None` where there is no CMS.
    pub cms_api: Fact<Option<CmsApi>>,
    /// What comes over plain HTTP; `None` where the site has none.
    pub plain_http: Fact<Option<Answer>>,
    /// Entry documents of apps, and the home page.
    pub pages: Vec<Fact<Page>>,
    /// Other machines' clocks.
    pub clocks: Fact<Vec<ClockReading>>,
    /// The session cookies at hand, as a browser would send them: name and length of each in bytes.
    pub session_cookies: Fact<Option<Vec<(String, usize)>>>,
    /// What is wrong with the certificates that hosts show.
    pub tls_problems: Vec<String>,
    /// Now, by this machine.
    pub now: Moment,
}
