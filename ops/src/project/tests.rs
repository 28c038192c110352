use ::gate::cookie::Layout;

use super::*;

mod cms;
mod hostile;

const MINIMAL: &str =
    "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n";

/// A minimal file with more at its end.
fn with(more: &str) -> String {
    format!("{MINIMAL}{more}\n")
}

/// One without `[site]`.
fn bare(more: &str) -> String {
    format!("name = \"docs\"\nregion = \"eu-central-1\"\n{more}\n")
}

fn problems(text: &str) -> Vec<String> {
    Project::parse(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// Exactly these keys are wrong.
#[track_caller]
fn wrong(text: &str, keys: &[&str]) {
    let found = Project::parse(text).err().unwrap_or_default();
    assert_eq!(
        found.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(),
        keys,
        "{text}\n{found:?}"
    );
    for problem in found {
        let says = ["expected", "unknown key", "missing"].iter().any(|word| problem.message.contains(word));
        assert!(says, "{problem}");
    }
}

#[track_caller]
fn right(text: &str) -> Project {
    Project::parse(text).unwrap_or_else(|problems| panic!("{text}\n{problems:?}"))
}

#[test]
fn name_region_and_a_domain_are_enough() {
    let project = right(MINIMAL);
    assert_eq!((project.name.as_str(), project.stage.as_str()), ("docs", "production"));
    assert_eq!(project.site.folder, Path::new("dist/site"));
    assert_eq!((project.site.prefix.as_str(), project.site.app_path.as_str()), ("site", ""));
    assert_eq!((project.site.removal_grace_hours, project.site.precompress), (24, true));
    assert_eq!((project.sign_in.hosted_ui_prefix.as_deref(), project.hosted_ui_url()), (None, None));
    assert_eq!((project.sign_in.mfa, project.sign_in.self_sign_up), (Mfa::Optional, false));
    assert_eq!((project.sign_in.refresh_token_days, project.watch.log_days), (30, 365));
    assert_eq!(project.gate.auth_paths.prefix(), "/auth");
    assert_eq!(project.gate.scopes, ["openid", "email", "profile"]);
    let only = project.routes.first().unwrap();
    assert_eq!(
        (only.pattern.as_str(), &only.kind, &only.access),
        ("/*", &RouteKind::Site, &Access::SignedIn)
    );
    assert_eq!(project.routes.len(), 1);
}

#[test]
fn resources_are_named_after_name_and_stage() {
    let project = right(&MINIMAL.replace("[site]", "stage = \"staging\"\n[site]"));
    assert_eq!(project.stack_name("edge"), "docs-staging-edge");
    assert_eq!(project.function_name(), "docs-staging-edge-auth");
    assert_eq!(project.sealing_keys_parameter(), "/docs/staging/sealing-keys");
}

#[test]
fn a_name_with_a_reserved_word_needs_a_hosted_ui_of_another_name() {
    let reserved = MINIMAL.replace("\"docs\"", "\"our-cognito\"");
    wrong(&reserved, &["sign_in.hosted_ui_prefix"]);
    let project = right(&format!("{reserved}[sign_in]\nhosted_ui_prefix = \"docs\"\n"));
    assert_eq!(project.hosted_ui_url().unwrap(), "https://docs.auth.eu-central-1.amazoncognito.com");
}

#[test]
fn every_problem_is_said_at_once() {
    let text = "name = \"Docs\"\nstage = 1\nregoin = \"eu-central-1\"\n\
                [site]\ndomains = [\"a.example.com\", 2, \"A\"]\nprecompress = \"yes\"\nremoval_grace_hours = -1\n\
                [gate]\nlog = \"loud\"\nauth_prefix = \"auth\"\n\
                [[routes]]\npath = \"x\"\nkind = \"page\"\naccess = \"nobody\"\n\
                [watch]\nlog_days = 31\n[extra]\n";
    let expected = [
        "name",
        "stage",
        "region",
        "site.domains[1]",
        "site.domains[2]",
        "site.removal_grace_hours",
        "site.precompress",
        "watch.log_days",
        "extra",
        "regoin",
        "gate.auth_prefix",
        "routes[0].path",
        "routes[0].kind",
        "routes[0].access",
        "gate.log",
    ];
    wrong(text, &expected);
    let said = problems(text).join("\n");
    for part in [
        "regoin: unknown key",
        "stage: expected",
        "found 1",
        "found \"Docs\"",
        "region: missing, expected an AWS region",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn unknown_keys_are_refused_everywhere() {
    for (text, key) in [
        (with("folders = 1"), "site.folders"),
        (with("[api]\ndomain = \"api.example.com\"\nport = 1"), "api.port"),
        (with("[sign_in]\ngroup = []"), "sign_in.group"),
        (
            with(
                "[sign_in.hosted_ui_domain]\nname = \"login.example.com\"\ncertificate = \"arn:aws:acm:us-east-1:111122223333:certificate/0\"\nx = 1",
            ),
            "sign_in.hosted_ui_domain.x",
        ),
        (with("[gate]\nlogs = \"info\""), "gate.logs"),
        (with("[watch]\nmail = \"a\""), "watch.mail"),
        (
            with("[[routes]]\npath = \"/*\"\nkind = \"site\"\naccess = \"signed-in\"\nmethod = \"GET\""),
            "routes[0].method",
        ),
    ] {
        wrong(&text, &[key]);
    }
}

#[test]
fn there_are_three_domains_at_most_and_each_once() {
    let domains = |names: &str| bare(&format!("[site]\ndomains = [{names}]"));
    right(&domains("\"a.example.com\", \"b.example.com\", \"c.example.com\""));
    wrong(
        &domains("\"a.example.com\", \"b.example.com\", \"c.example.com\", \"d.example.com\""),
        &["site.domains"],
    );
    wrong(&domains("\"a.example.com\", \"a.example.com\""), &["site.domains[1]"]);
}

#[test]
fn groups_that_routes_name_are_known() {
    let routes =
        "[[routes]]\npath = \"/*\"\nkind = \"site\"\naccess = { groups = [\"editors\", \"admins\"] }\n";
    right(&with(&format!("[sign_in]\ngroups = [\"admins\", \"editors\"]\n{routes}")));
    wrong(&with(&format!("[sign_in]\ngroups = [\"editors\"]\n{routes}")), &["routes[0].access.groups"]);
    wrong(
        &with(&format!("[sign_in]\ngroups = [\"Editors\", \"admins\"]\n{routes}")),
        &["routes[0].access.groups"],
    );
    let pool = "[sign_in]\nuser_pool = \"eu-central-1_EXAMPLE01\"\nhosted_ui_prefix = \"docs\"\n";
    right(&with(&format!("{pool}{routes}")));
}

#[test]
fn the_hosted_ui_has_a_prefix_or_a_domain() {
    let domain = "hosted_ui_domain = { name = \"login.example.com\", certificate = \"arn:aws:acm:us-east-1:111122223333:certificate/0\" }\n";
    let project = right(&with(&format!("[sign_in]\n{domain}")));
    assert_eq!(project.hosted_ui_url().as_deref(), Some("https://login.example.com"));
    assert_eq!(project.sign_in.hosted_ui_prefix, None);
    wrong(&with(&format!("[sign_in]\nhosted_ui_prefix = \"docs\"\n{domain}")), &["sign_in.hosted_ui_domain"]);
    let no_certificate = "[sign_in]\nhosted_ui_domain = { name = \"login.example.com\" }\n";
    wrong(&with(no_certificate), &["sign_in.hosted_ui_domain.certificate"]);
    right(&with(&format!("{no_certificate}user_pool = \"eu-central-1_EXAMPLE01\"")));
    let same = domain.replace("login.", "docs.");
    wrong(&with(&format!("[sign_in]\n{same}")), &["sign_in.hosted_ui_domain.name"]);
}

#[test]
fn a_user_pool_may_be_brought_along_with_or_without_its_client() {
    let alone = "[sign_in]\nuser_pool = \"eu-central-1_EXAMPLE01\"\n";
    wrong(&with(alone), &["sign_in.hosted_ui_prefix"]);
    let pool = format!("{alone}hosted_ui_prefix = \"docs\"\n");
    right(&with(&pool));
    right(&with(&format!("{pool}client = \"1example\"")));
    wrong(&with("[sign_in]\nclient = \"1example\""), &["sign_in.user_pool"]);
    wrong(&with(&pool.replace("eu-central-1", "eu-west-1")), &["sign_in.user_pool"]);
    for setting in [
        "mfa = \"on\"",
        "self_sign_up = true",
        "email = { from = \"a@example.com\", identity = \"arn:aws:ses:eu-central-1:111122223333:identity/a\" }",
    ] {
        let key = format!("sign_in.{}", setting.split(' ').next().unwrap());
        right(&with(&format!("[sign_in]\n{setting}")));
        wrong(&with(&format!("{pool}{setting}")), &[&key]);
    }
    right(&with(&format!("{pool}refresh_token_days = 5")));
    let client = format!("{pool}client = \"1example\"\nrefresh_token_days = 5");
    wrong(&with(&client), &["sign_in.refresh_token_days"]);
}

#[test]
fn a_distribution_needs_its_bucket_and_keeps_its_settings() {
    let distribution = "distribution = \"E1EXAMPLE2345\"\n";
    wrong(&with(distribution), &["site.bucket"]);
    let both = format!("{distribution}bucket = \"my-site\"\n");
    right(&with(&both));
    assert_eq!(right(&with(&format!("{both}prefix = \"docs\""))).site.prefix, "docs");
    wrong(&with(&format!("{both}prefix = \"\"")), &["site.prefix"]);
    wrong(&with("prefix = \"\""), &["site.prefix"]);
    wrong(&with(&format!("{both}price_class = \"PriceClass_100\"")), &["site.price_class"]);
    wrong(&with(&format!("{both}[api]\ndomain = \"api.example.com\"")), &["api"]);
    right(&with("bucket = \"my-site\""));
    let api_of_theirs = "[[routes]]\npath = \"/v1/*\"\nkind = \"api\"\naccess = \"signed-in\"\n";
    right(&with(&format!("{both}{api_of_theirs}")));
}

#[test]
fn a_certificate_is_for_domains_and_made_once() {
    let certificate = "certificate = \"arn:aws:acm:us-east-1:111122223333:certificate/0\"";
    right(&with(certificate));
    right(&with("hosted_zone = \"Z0EXAMPLE1234\""));
    right(&with(&format!("{certificate}\nhosted_zone = \"Z0EXAMPLE1234\"")));
    wrong(&bare(&format!("[site]\n{certificate}")), &["site.certificate"]);
    wrong(&bare("[site]\nhosted_zone = \"Z0EXAMPLE1234\""), &["site.hosted_zone"]);
}

#[test]
fn an_api_and_its_routes_belong_together() {
    let api = "[api]\ndomain = \"api.example.com\"\n";
    assert_eq!(right(&with(api)).routes.len(), 2);
    wrong(&with("[api]\ndomain = \"docs.example.com\""), &["api.domain"]);
    wrong(&with("[api]"), &["api.domain"]);
    let route = |path: &str, kind: &str| {
        format!("[[routes]]\npath = \"{path}\"\nkind = \"{kind}\"\naccess = \"signed-in\"\n")
    };
    right(&with(&format!("{api}{}{}", route("/api/*", "api"), route("/*", "site"))));
    wrong(&with(&route("/api/*", "api")), &["routes[0].kind"]);
    wrong(&with(&format!("{api}{}", route("/*", "site"))), &["routes"]);
    wrong(&with(&format!("{api}{}{}", route("/*", "site"), route("/api/*", "api"))), &["routes"]);
    wrong(&with(&format!("{api}{}{}", route("/api/*", "api"), route("/v1/*", "api"))), &["routes[1].path"]);
    wrong(&with(&format!("{api}{}", route("/*", "api"))), &["routes[0].path"]);
}

#[test]
fn the_app_lies_where_its_route_says() {
    let app = "[[routes]]\npath = \"/desk/*\"\nkind = \"app\"\naccess = \"signed-in\"\nentry = \"/desk/index.html\"\n";
    assert_eq!(right(&with(app)).site.app_path, "/desk/*");
    assert_eq!(right(&with(&format!("app_path = \"/x/*\"\n{app}"))).site.app_path, "/x/*");
    wrong(&with(&app.replace("entry = \"/desk/index.html\"\n", "")), &["routes[0].entry"]);
}

#[test]
fn the_gates_own_reader_checks_what_it_will_read() {
    for (more, key) in [
        ("[gate]\nauth_prefix = \"/auth/\"", "gate.auth_prefix"),
        ("[gate]\ncookies = \"plain\"", "gate.cookies"),
        ("[gate]\nrenew_within_seconds = 3601", "gate.renew_within_seconds"),
        ("[gate]\nscopes = [\"email\"]", "gate.scopes"),
        ("[gate]\napi_clients = [\"\"]", "gate.api_clients[0]"),
        ("[gate]\nresponse_headers = { set-cookie = \"a\" }", "gate.response_headers.set-cookie"),
        ("[gate]\nresponse_headers = { x-a = 1 }", "gate.response_headers.x-a"),
        ("[gate]\nlog = 1979-05-27", "gate.log"),
        ("[[routes]]\npath = \"/*\"\nkind = \"site\"\naccess = 1979-05-27", "routes[0].access"),
    ] {
        wrong(&with(more), &[key]);
    }
    wrong(&format!("routes = []\n{MINIMAL}"), &["routes"]);
    wrong(&format!("routes = \"/*\"\n{MINIMAL}"), &["routes"]);
    let project =
        right(&with("[gate]\nrenew_within_seconds = 3600\ncookies = \"amplify\"\nresponse_headers = {}"));
    assert_eq!((project.gate.renew_within, project.gate.layout), (3_600, Layout::Amplify));
    assert!(project.gate.response_headers.is_empty());
}

#[test]
fn a_permissions_boundary_is_a_policy() {
    for (arn, is_right) in [
        ("arn:aws:iam::111122223333:policy/team/Boundary", true),
        ("arn:aws-us-gov:iam::aws:policy/PowerUserAccess", true),
        ("arn:aws:iam::1:policy/Boundary", false),
        ("arn:aws:iam::111122223333:policy/", false),
        ("arn:aws:iam::111122223333:role/Boundary", false),
        ("Boundary", false),
    ] {
        let project = Project::parse(&format!("permissions_boundary = \"{arn}\"\n{MINIMAL}"));
        assert_eq!(
            project.is_ok_and(|it| it.permissions_boundary.as_deref() == Some(arn)),
            is_right,
            "{arn}"
        );
    }
}

#[test]
fn numbers_end_where_they_end() {
    for (more, is_right) in [
        ("removal_grace_hours = 0", true),
        ("removal_grace_hours = 8760", true),
        ("removal_grace_hours = 8761", false),
        ("removal_grace_hours = 1.5", false),
        ("[watch]\nlog_days = 3653", true),
        ("[watch]\nlog_days = 0", false),
        ("[watch]\nemail = \"a@example.com\"\nmonthly_budget = 25", true),
        ("[watch]\nmonthly_budget = 25", false),
        ("[watch]\nemail = \"a@example.com\"\nmonthly_budget = -1", false),
        ("[sign_in]\nrefresh_token_days = 1", true),
        ("[sign_in]\nrefresh_token_days = 0", false),
        ("[sign_in]\nrefresh_token_days = 3650", true),
        ("[sign_in]\nrefresh_token_days = 3651", false),
        ("[sign_in]\nrefresh_token_days = 9223372036854775807", false),
    ] {
        assert_eq!(Project::parse(&with(more)).is_ok(), is_right, "{more}");
    }
}
