//! `[sign_in]`.

use super::rule::Rule;
use super::section::Section;

/// `[sign_in]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// The first label of the hosted UI's name, unique in the region; a brought-along pool's own. Where there is neither
    /// one nor a domain, the identity stack makes one from name, stage and its own id.
    pub hosted_ui_prefix: Option<String>,
    /// The hosted UI's own domain, with its certificate.
    pub hosted_ui_domain: Option<HostedUiDomain>,
    /// Groups that routes name.
    pub groups: Vec<String>,
    /// `off`, `optional` or `on`.
    pub mfa: Mfa,
    /// Whether people may sign up by themselves.
    pub self_sign_up: bool,
    /// A user pool brought along.
    pub user_pool: Option<String>,
    /// Its app client brought along, too: then no identity stack is deployed.
    pub client: Option<String>,
    /// How long a refresh token lives, in days.
    pub refresh_token_days: u32,
    /// Who sends the user pool's mails, where it is not Cognito itself.
    pub email: Option<Email>,
}

/// A hosted UI under a name of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct HostedUiDomain {
    /// The host name.
    pub name: String,
    /// Its certificate in us-east-1; none if the pool was brought along with it.
    pub certificate: Option<String>,
}

/// `[sign_in.email]`: mails go out through Amazon SES.
#[derive(Debug, Clone, PartialEq)]
pub struct Email {
    /// Who they are from.
    pub from: String,
    /// The ARN of the identity of SES that may send so.
    pub identity: String,
}

/// Whether a second factor is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mfa {
    /// Never.
    Off,
    /// From whoever has set one up.
    Optional,
    /// From everybody.
    On,
}

/// The longest life of a refresh token, in days (Cognito API reference, `CreateUserPoolClient`).
const MAX_REFRESH_TOKEN_DAYS: u32 = 3_650;

impl SignIn {
    /// `begins` is what the hosted UI's prefix begins with where the file names neither one nor a domain.
    pub(super) fn read(mut section: Section<'_>, region: &str, begins: &str) -> SignIn {
        let user_pool = read_user_pool(&mut section, region);
        let client = section.optional("client", &Rule::CLIENT);
        refuse_what_stays_unread(&mut section, user_pool.is_some(), client.is_some());
        if client.is_some() && user_pool.is_none() {
            section.missing("user_pool", "the user pool of the app client that is brought along");
        }
        let names_prefix = section.has("hosted_ui_prefix");
        let names_domain = section.has("hosted_ui_domain");
        let hosted_ui_prefix = section.optional("hosted_ui_prefix", &Rule::HOSTED_UI_PREFIX);
        let hosted_ui_domain = section
            .optional_section("hosted_ui_domain")
            .map(|domain| HostedUiDomain::read(domain, user_pool.is_some()));
        match (names_prefix, names_domain) {
            (true, true) => {
                let expected = "either hosted_ui_prefix or hosted_ui_domain";
                section.wrong("hosted_ui_domain", expected, "both");
            }
            (false, false) if user_pool.is_some() => {
                let expected = "where the user pool's hosted UI is, as hosted_ui_prefix or hosted_ui_domain";
                section.missing("hosted_ui_prefix", expected);
            }
            (false, false) if !begins.is_empty() && !Rule::HOSTED_UI_PREFIX.holds(begins) => {
                section.missing("hosted_ui_prefix", Rule::HOSTED_UI_PREFIX.expected);
            }
            _ => {}
        }
        let sign_in = SignIn {
            hosted_ui_prefix,
            hosted_ui_domain,
            groups: section.list("groups", &Rule::GROUP),
            mfa: Mfa::named(&section.text("mfa", "optional", &Rule::MFA)),
            self_sign_up: section.switch("self_sign_up", false),
            user_pool,
            client,
            refresh_token_days: section.number(
                "refresh_token_days",
                30,
                "a whole number of days from 1 to 3650",
                |days| (1..=MAX_REFRESH_TOKEN_DAYS).contains(&days),
            ),
            email: section.optional_section("email").map(Email::read),
        };
        section.finish();
        sign_in
    }
}

impl HostedUiDomain {
    fn read(mut section: Section<'_>, is_brought_along: bool) -> HostedUiDomain {
        let name = section.required("name", &Rule::DOMAIN);
        let certificate = if is_brought_along {
            section.optional("certificate", &Rule::CERTIFICATE)
        } else {
            Some(section.required("certificate", &Rule::CERTIFICATE))
        };
        section.finish();
        HostedUiDomain { name, certificate }
    }
}

impl Email {
    fn read(mut section: Section<'_>) -> Email {
        let email = Email {
            from: section.required("from", &Rule::SENDER),
            identity: section.required("identity", &Rule::SENDING_IDENTITY),
        };
        section.finish();
        email
    }
}

impl Mfa {
    fn named(name: &str) -> Mfa {
        match name {
            "off" => Mfa::Off,
            "on" => Mfa::On,
            _ => Mfa::Optional,
        }
    }
}

fn read_user_pool(section: &mut Section<'_>, region: &str) -> Option<String> {
    let pool = section.optional("user_pool", &Rule::USER_POOL)?;
    if Rule::REGION.holds(region) && pool.split_once('_').is_some_and(|(its, _)| its != region) {
        section.wrong("user_pool", &format!("a user pool of the project's region {region}"), &pool);
    }
    Some(pool)
}

/// Settings of a user pool, or of its client, that nothing here sets up.
fn refuse_what_stays_unread(section: &mut Section<'_>, has_pool: bool, has_client: bool) {
    if has_pool {
        let because = "the user pool is brought along and keeps its own settings";
        section.refuse(&["mfa", "self_sign_up", "email"], because);
    }
    if has_client {
        let because = "the app client is brought along and keeps its own settings";
        section.refuse(&["refresh_token_days"], because);
    }
}
