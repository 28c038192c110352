//! What must fit together: each part may be right by itself, and the whole wrong.

use gate::config::Config;
use gate::path::RequestPath;
use gate::route::{Access, RouteKind};

use super::problem::Problems;
use super::{Api, Route, SignIn, Site};

/// The path below which CloudFront sends requests to the API.
const API_PATH: &str = "/api/";

/// Regions into whose buckets CloudFront delivers no standard logs of the older kind, as the template has them.
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html>
const WITHOUT_ACCESS_LOGS: [&str; 14] = [
    "af-south-1",
    "ap-east-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
];

/// The site's stack would fail half-way where its access logs cannot be.
pub(super) fn check_region(region: &str, site: &Site, problems: &Problems) {
    if site.distribution.is_none() && WITHOUT_ACCESS_LOGS.contains(&region) {
        let expected = "a region into which CloudFront delivers access logs, such as eu-central-1";
        problems.wrong("region", expected, &format!("{region:?}"));
    }
}

/// No name may stand for two things.
pub(super) fn check_names(site: &Site, api: Option<&Api>, sign_in: &SignIn, problems: &Problems) {
    if let Some(api) = api {
        if site.domains.contains(&api.domain) {
            problems.wrong(
                "api.domain",
                "the API's own host name, since CloudFront would ask itself",
                &format!("{:?}, a domain of the site", api.domain),
            );
        }
        if site.distribution.is_some() {
            problems.wrong(
                "api",
                "nothing, since the distribution is brought along and knows its origins",
                "a table",
            );
        }
    }
    if let Some(domain) = &sign_in.hosted_ui_domain
        && (site.domains.contains(&domain.name) || api.is_some_and(|api| api.domain == domain.name))
    {
        problems.wrong(
            "sign_in.hosted_ui_domain.name",
            "the hosted UI's own host name",
            &format!("{:?}, which is the site's or the API's", domain.name),
        );
    }
}

/// The CMS is the API of its site, and publishes into the site's own bucket.
pub(super) fn check_cms(site: &Site, api: Option<&Api>, problems: &Problems) {
    if api.is_some() {
        problems.wrong("api", "nothing, since the CMS is what answers below /api/", "a table");
    }
    for (key, is_there) in [("distribution", site.distribution.is_some()), ("bucket", site.bucket.is_some())]
    {
        if is_there {
            let expected = "nothing, since the CMS publishes into a bucket that tells its functions of it";
            problems.wrong(&format!("site.{key}"), expected, "a value");
        }
    }
    if site.prefix != "site" {
        problems.wrong("site.prefix", "\"site\", where the CMS publishes", &format!("{:?}", site.prefix));
    }
}

/// Whether the routes name what there is.
pub(super) fn check_routes(
    config: &Config,
    site: &Site,
    has_api: bool,
    sign_in: &SignIn,
    problems: &Problems,
) {
    for (position, route) in config.routes.routes().iter().enumerate() {
        if let Access::Groups(groups) = &route.access
            && sign_in.user_pool.is_none()
        {
            for group in groups.iter().map(|group| group.as_str()) {
                if !sign_in.groups.iter().any(|known| known == group) {
                    let expected = "a group of sign_in.groups";
                    problems.wrong(
                        &format!("routes[{position}].access.groups"),
                        expected,
                        &format!("{group:?}"),
                    );
                }
            }
        }
        if route.kind == RouteKind::Api && site.distribution.is_none() {
            check_api_route(&format!("routes[{position}]"), route, has_api, problems);
        }
    }
    if has_api {
        check_api_path(config, problems);
    }
}

/// Whatever is not below `/api/` is asked of the bucket.
fn check_api_route(key: &str, route: &Route, has_api: bool, problems: &Problems) {
    if !has_api {
        let expected = "an [api] with its domain, or a [cms], beside a route of kind \"api\"";
        problems.wrong(&format!("{key}.kind"), expected, "none");
    }
    if !route.pattern.as_str().starts_with(API_PATH) {
        let expected = "a path below /api/, where CloudFront reaches the API";
        problems.wrong(&format!("{key}.path"), expected, &format!("{:?}", route.pattern.as_str()));
    }
}

/// Without a route of its kind, an API's callers would be sent to sign in, and it would never see a token.
fn check_api_path(config: &Config, problems: &Problems) {
    let decides = RequestPath::parse(API_PATH).ok().and_then(|path| config.routes.find(&path));
    let found = match decides {
        Some(route) if route.kind == RouteKind::Api => return,
        Some(route) => format!("{:?} of another kind first", route.pattern.as_str()),
        None => "none".to_owned(),
    };
    problems.wrong("routes", "a route of kind \"api\" for /api/*, where the API is reached", &found);
}
