//! The text of a new project file: what was said, and every other key as a comment.

use toml::Value;

use super::Answers;

/// The text of a project file. What was not said is left to the defaults.
#[must_use]
pub fn project_file(answers: &Answers) -> String {
    let name = answers.name.as_deref().unwrap_or_default();
    let region = answers.region.as_deref().unwrap_or_default();
    let domains = answers.domains.clone().unwrap_or_default();
    let groups = answers.groups.clone().unwrap_or_default();
    [
        head(name, answers.stage.as_deref().unwrap_or("production"), region),
        SITE.replace("{domains}", &list(&domains)),
        api(answers.api.as_deref().filter(|domain| !domain.is_empty())),
        sign_in(answers.hosted_ui_prefix.as_deref(), &groups),
        routes(answers, &groups),
        GATE.to_owned(),
        watch(answers.email.as_deref().filter(|email| !email.is_empty())),
    ]
    .join("\n")
}

fn head(name: &str, stage: &str, region: &str) -> String {
    format!(
        "# What parapet deploys, where and for whom. It holds no secret: check it in.\n\
         # Lines that begin with \"# \" and a key show defaults and what else there is.\n\n\
         # Every stack and resource begins with <name>-<stage>. Production keeps its data when a stack is deleted.\n\
         name = {}\n\
         stage = {}\n\
         # Where the bucket and the user pool are. What CloudFront needs is always in us-east-1.\n\
         region = {}\n\
         # The policy that bounds every role, where the organization demands one.\n\
         # permissions_boundary = \"arn:aws:iam::111122223333:policy/Boundary\"\n",
        text(name),
        text(stage),
        text(region)
    )
}

const SITE: &str = "\
[site]
# Host names, at most three. Without any, the distribution's own name serves.
domains = {domains}
# The folder that `parapet deploy site` deploys, relative to this file.
# folder = \"dist/site\"
# Where in the bucket the files lie.
# prefix = \"site\"
# The certificate is made and validated in this Route 53 zone; without it, you validate it by hand.
# hosted_zone = \"Z0EXAMPLE1234\"
# Or bring a certificate of us-east-1 along.
# certificate = \"arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000\"
# A bucket of this region that exists already; and its distribution, if it is to stay as it is: then only files are deployed.
# bucket = \"my-site\"
# distribution = \"E1EXAMPLE2345\"
# The path pattern of a single-page app, which has a content security policy of its own. By default the first route of
# kind \"app\".
# app_path = \"/admin/*\"
# pages_policy = \"default-src 'self'\"
# app_policy = \"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'\"
# By default what suits the stage: all edge locations in production, the least expensive ones elsewhere.
# price_class = \"PriceClass_100\"
# A web ACL of AWS WAF (scope CLOUDFRONT).
# web_acl = \"arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/00000000-0000-0000-0000-000000000000\"
# How many hours an object stays after its file has gone, for pages that are open in browsers.
# removal_grace_hours = 24
# Files with a hash in their name are stored compressed with brotli.
# precompress = true
";

fn api(domain: Option<&str>) -> String {
    let note = "# What answers below /api/: a host name, reached over HTTPS. It gets the access token as a bearer token.\n";
    match domain {
        Some(domain) => format!("{note}[api]\ndomain = {}\n", text(domain)),
        None => format!("{note}# [api]\n# domain = \"api.example.com\"\n\n{CMS}"),
    }
}

const CMS: &str = "\
# Or the CMS itself, with its database; it costs some 15 dollars a month.
# [cms]
# The database's machine, and whether a second one takes over where it fails.
# database_class = \"db.t4g.micro\"
# multi_az = false
# storage_gib = 20
# For how many days the database can be brought back to any second.
# backup_days = 7
# How many requests the API works on at once.
# concurrency = 20
# What people are greeted with at first; then it is changed in Parameter Store.
# greeting = \"Welcome back.\"
# The groups that give the roles, if they are called otherwise.
# authors = \"authors\"
# editors = \"editors\"
# admins = \"admins\"
";

fn sign_in(prefix: Option<&str>, groups: &[String]) -> String {
    let prefix = match prefix {
        Some(prefix) => format!("hosted_ui_prefix = {}\n", text(prefix)),
        None => "# hosted_ui_prefix = \"docs-login\"\n".to_owned(),
    };
    format!(
        "[sign_in]\n\
         # The hosted UI is at https://<prefix>.auth.<region>.amazoncognito.com; by default one that nobody else has.\n\
         {prefix}\
         # Or it has a domain of its own, with a certificate of us-east-1.\n\
         # hosted_ui_domain = {{ name = \"login.example.com\", certificate = \"arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000\" }}\n\
         # The groups that routes name.\n\
         groups = {}\n\
         # A second factor by an app: \"off\", \"optional\" or \"on\".\n\
         # mfa = \"optional\"\n\
         # Whether people may sign up by themselves.\n\
         # self_sign_up = false\n\
         # How long a session can be renewed, in days.\n\
         # refresh_token_days = 30\n\
         # A user pool of this region that exists already (with hosted_ui_prefix or hosted_ui_domain), and its app client.\n\
         # user_pool = \"eu-central-1_EXAMPLE01\"\n\
         # client = \"1example23456789\"\n\
         # Mails through Amazon SES instead of Cognito's own sender.\n\
         # email = {{ from = \"no-reply@example.com\", identity = \"arn:aws:ses:eu-central-1:111122223333:identity/example.com\" }}\n",
        list(groups)
    )
}

/// The first match wins, so what is more particular stands first.
fn routes(answers: &Answers, groups: &[String]) -> String {
    let members = if groups.is_empty() {
        "\"signed-in\"".to_owned()
    } else {
        format!("{{ groups = {} }}", list(groups))
    };
    let route = |path: &str, kind: &str, access: &str, entry: &str| {
        format!("[[routes]]\npath = \"{path}\"\nkind = \"{kind}\"\naccess = {access}\n{entry}\n")
    };
    let mut text = "# What each path is and who may have it; the first match wins, and what matches nothing is refused.\n\
                    # kind: \"site\" (static pages), \"app\" (a single-page app with its entry document), \"api\".\n\
                    # access: \"public\", \"signed-in\", or { groups = [\"…\"] } for members of any of them.\n\
                    # [[routes]]\n# path = \"/public/*\"\n# kind = \"site\"\n# access = \"public\"\n\n"
        .to_owned();
    if answers.api.as_deref().is_some_and(|domain| !domain.is_empty()) {
        text += &route("/api/*", "api", &members, "");
    }
    if answers.has_app {
        text += &route("/admin/*", "app", &members, "entry = \"/admin/index.html\"\n");
        text += &route("/*", "site", "\"signed-in\"", "");
    } else {
        text += &route("/*", "site", &members, "");
    }
    text
}

const GATE: &str = "\
[gate]
# The gate's own endpoints: <auth_prefix>/sign-in, /sign-out, /callback, /session, /signed-out.
# auth_prefix = \"/auth\"
# How cookies are named: \"host\" (__Host-…), or \"amplify\" as cognito-at-edge names them.
# cookies = \"host\"
# A session is renewed when so little of it is left.
# renew_within_seconds = 300
# scopes = [\"openid\", \"email\", \"profile\"]
# Further app clients whose access tokens an API accepts.
# api_clients = []
# Header fields for every answer that the gate gives itself.
# response_headers = { strict-transport-security = \"max-age=31536000\" }
# \"error\", \"warn\", \"info\" or \"debug\".
# log = \"info\"
";

fn watch(email: Option<&str>) -> String {
    let email = match email {
        Some(email) => format!("email = {}\n", text(email)),
        None => "# email = \"ops@example.com\"\n".to_owned(),
    };
    format!(
        "[watch]\n# Who hears of alarms.\n{email}# How long the gate's log lines are kept, in days; by default a year in production, 30 days elsewhere.\n# log_days = 90\n# From how many dollars a month on they hear of the account's costs, by AWS Budgets.\n# monthly_budget = 30\n"
    )
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    Value::from(texts.to_vec()).to_string()
}

#[cfg(test)]
mod tests;
