//! What the pages of a folder need and the pages' policy forbids: a site that is brought along would break without a word,
//! because only a browser's console says so.

use std::collections::BTreeMap;

use crate::doctor::facts::Page;
use crate::doctor::{Finding, forbidden_by_policy};
use crate::project::Project;
use crate::report::{Count, Report};
use crate::site::LocalFile;
use crate::stacks::{Part, defaults};

/// The largest page that is looked at, in bytes.
const LARGEST: u64 = 4 * 1_024 * 1_024;
/// How many kinds of things are told.
const TOLD: usize = 8;

/// Warns of what the policy forbids. A distribution that is brought along has its own, which is not known here.
pub(super) fn warn(files: &[LocalFile], project: Option<&Project>, report: &Report) {
    let Some(project) = project.filter(|project| project.site.distribution.is_none()) else { return };
    let policy = project.site.pages_policy.clone();
    let policy =
        policy.or_else(|| defaults(Part::Site).remove("PagesContentSecurityPolicy")).unwrap_or_default();
    let app = project.site.app_path.trim_end_matches('*').trim_start_matches('/').to_owned();
    let is_page = |file: &&LocalFile| {
        let is_html = file.headers.content_type.starts_with("text/html");
        is_html && file.size <= LARGEST && (app.is_empty() || !file.key.starts_with(&app))
    };
    let mut forbidden: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for file in files.iter().filter(is_page) {
        let Ok(html) = std::fs::read_to_string(&file.path) else { continue };
        for (what, mend) in of_page(&file.key, html, &policy, &project.site.domains) {
            let pages = forbidden.entry((what, mend)).or_default();
            if pages.last() != Some(&file.key.as_str()) {
                pages.push(&file.key);
            }
        }
    }
    if forbidden.is_empty() {
        return;
    }
    report.warn("the content security policy of pages forbids what they hold, and browsers will not say so to readers:");
    let mut forbidden: Vec<_> = forbidden.into_iter().collect();
    forbidden.sort_by_key(|(_, pages)| std::cmp::Reverse(pages.len()));
    for ((what, mend), pages) in forbidden.iter().take(TOLD) {
        let first = pages.first().copied().unwrap_or_default();
        report.warn(format_args!("  {what} in {} ({first}): {mend}", Count::of(pages.len(), "page")));
    }
    if forbidden.len() > TOLD {
        report.warn(format_args!("  and {} more", forbidden.len() - TOLD));
    }
    report.warn(format_args!(
        "to allow it: [site] pages_policy in parapet.toml, which is now {policy:?}, then parapet deploy site"
    ));
}

/// What is forbidden, and how to mend it.
fn of_page(key: &str, html: String, policy: &str, hosts: &[String]) -> Vec<(String, String)> {
    let page = Page {
        path: format!("/{key}"),
        from: "the folder".to_owned(),
        html,
        policies: vec![policy.to_owned()],
        transport_security: None,
        is_app: false,
    };
    let in_short = |finding: Finding| {
        let what = finding.problem.split_once(" forbids ").map_or(finding.problem.as_str(), |(_, what)| what);
        let what = what.rsplit_once(": ").map_or(what, |(what, _)| what);
        (what.to_owned(), finding.mend.split(" ([site]").next().unwrap_or_default().to_owned())
    };
    forbidden_by_policy(&page, hosts).into_iter().map(in_short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forbidden_is_said_with_its_mend() {
        let html =
            "<script>go()</script><iframe src=https://video.example/1></iframe><script src=/a.js></script>";
        let policy = defaults(Part::Site).remove("PagesContentSecurityPolicy").unwrap();
        let said = of_page("index.html", html.to_owned(), &policy, &[]);
        let [script, frame] = said.as_slice() else { panic!("{said:?}") };
        assert!(script.0.starts_with("the inline script") && script.1.contains("'sha256-"), "{script:?}");
        assert!(
            frame.0.contains("https://video.example/1") && frame.1.contains("https://video.example"),
            "{frame:?}"
        );
        let open = "default-src * 'unsafe-inline'";
        assert!(of_page("index.html", html.to_owned(), open, &[]).is_empty());
    }
}
