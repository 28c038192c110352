//! Does the Content-Security-Policy let the pages do what they do? A browser says so in its console only.

use super::Check;
use crate::doctor::content_security_policy::{Forbidden, Policy, Target, hash_source};
use crate::doctor::fact::Gaps;
use crate::doctor::facts::Page;
use crate::doctor::markup::{Code, Load, Markup, Place};
use crate::doctor::{Facts, Found, Unknown};
use crate::report::Count;

pub(super) const CHECK: Check = Check {
    name: "content-policy",
    reference: "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP",
    run,
};

const SCRIPTS: &[&str] = &["script-src-elem", "script-src", "default-src"];
const STYLES: &[&str] = &["style-src-elem", "style-src", "default-src"];

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let hosts: Vec<String> = match facts.gate.known() {
        Ok(gate) => gate.hosts.iter().map(|host| host.as_str().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let mut gaps = Gaps::default();
    for page in facts.pages.iter().filter_map(|page| gaps.or_note(page)) {
        judge(page, &hosts, found);
        if page.policies.is_empty() && page.is_app {
            found.risky(
                format!(
                    "{} ({}) has no Content-Security-Policy: whatever is injected into it runs",
                    page.path, page.from
                ),
                "set [site] app_policy in parapet.toml, then parapet deploy site",
            );
        }
    }
    gaps.close()
}

/// What the policies of a page forbid it.
pub(in crate::doctor) fn judge(page: &Page, hosts: &[String], found: &mut Found) {
    let markup = Markup::read(&page.html);
    for policy in &page.policies {
        let policy = Policy::parse(policy);
        let mut judge = Judge { page, hosts, policy: &policy, found };
        judge.scripts(&markup);
        judge.styles(&markup);
        judge.loads(&markup);
        judge.connections();
    }
}

/// One page before one policy.
struct Judge<'a> {
    page: &'a Page,
    hosts: &'a [String],
    policy: &'a Policy,
    found: &'a mut Found,
}

impl Judge<'_> {
    fn scripts(&mut self, markup: &Markup) {
        self.code(&markup.scripts, SCRIPTS, "script");
        if let (Some(handler), Err(by)) = (
            markup.handlers.first(),
            self.policy.attributes(&["script-src-attr", "script-src", "default-src"]),
        ) {
            self.forbids(&format!("the attribute {handler}"), &by, "listen for events in a script file");
        }
        if markup.loads_wasm()
            && let Err(by) = self.policy.wasm()
        {
            self.forbids("WebAssembly", &by, &format!("add 'wasm-unsafe-eval' to {}", by.directive));
        }
    }

    fn styles(&mut self, markup: &Markup) {
        self.code(&markup.styles, STYLES, "style sheet");
        if markup.style_attributes > 0
            && let Err(by) = self.policy.attributes(&["style-src-attr", "style-src", "default-src"])
        {
            let what = Count::of(markup.style_attributes, "style attribute").to_string();
            self.forbids(&what, &by, "move them into a style sheet");
        }
    }

    fn code(&mut self, codes: &[Code], directives: &[&str], what: &str) {
        for code in codes {
            let nonce = code.nonce.as_deref();
            let outcome = match &code.place {
                Place::Inline(text) => self.policy.inline(directives, text, nonce),
                Place::At(url) => self.policy.load(directives, Target::of(url, self.hosts), nonce),
            };
            let Err(by) = outcome else { continue };
            match &code.place {
                Place::Inline(text) => {
                    let mend =
                        format!("move it into a file, or add {} to {}", hash_source(text), by.directive);
                    self.forbids(&format!("the inline {what} {:?}", start(text)), &by, &mend);
                }
                Place::At(url) => self.forbids_url(what, url, &by),
            }
        }
    }

    fn loads(&mut self, markup: &Markup) {
        for (load, url) in &markup.loads {
            let (what, directives): (&str, &[&str]) = match load {
                Load::Script => ("script", SCRIPTS),
                Load::Style => ("style sheet", STYLES),
                Load::Image => ("image", &["img-src", "default-src"]),
                Load::Font => ("font", &["font-src", "default-src"]),
                Load::Connection => ("preload", &["connect-src", "default-src"]),
                Load::Frame => ("frame", &["frame-src", "child-src", "default-src"]),
            };
            if let Err(by) = self.policy.load(directives, Target::of(url, self.hosts), None) {
                self.forbids_url(what, url, &by);
            }
        }
        for url in &markup.forms {
            if let Err(by) = self.policy.load(&["form-action"], Target::of(url, self.hosts), None) {
                self.forbids_url("form", url, &by);
            }
        }
    }

    /// An app asks `/auth/session` and its API, whatever its document says.
    fn connections(&mut self) {
        if self.page.is_app
            && let Err(by) = self.policy.load(&["connect-src", "default-src"], Target::Own, None)
        {
            self.forbids(
                "the app's own requests to its site",
                &by,
                &format!("add connect-src 'self' beside {}", by.directive),
            );
        }
    }

    fn forbids_url(&mut self, what: &str, url: &str, by: &Forbidden) {
        let source = match Target::of(url, self.hosts) {
            Target::Own => "'self'".to_owned(),
            Target::Scheme(scheme) => format!("{scheme}:"),
            Target::Foreign(scheme, rest) => {
                format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
            }
        };
        self.forbids(&format!("the {what} {}", start(url)), by, &format!("add {source} to {}", by.directive));
    }

    fn forbids(&mut self, what: &str, by: &Forbidden, mend: &str) {
        let Page { path, from, is_app, .. } = self.page;
        let key = if *is_app { "app_policy" } else { "pages_policy" };
        self.found.broken(
            format!("{path} ({from}): its Content-Security-Policy forbids {what}: {}", by.text),
            format!("{mend} ([site] {key} in parapet.toml, then parapet deploy site)"),
        );
    }
}

/// Enough of a text to recognise it.
fn start(text: &str) -> &str {
    let text = text.trim();
    text.get(..text.floor_char_boundary(60)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, run, silent};

    fn page(facts: &mut Facts) -> &mut Page {
        known(&mut facts.pages[0])
    }

    #[test]
    fn what_the_policy_forbids_is_told() {
        for (html, says) in [
            ("<script>go()</script>", "the inline script \"go()\""),
            ("<script src=https://cdn.example/a.js></script>", "the script https://cdn.example/a.js"),
            ("<style>p{}</style>", "the inline style sheet"),
            ("<p style=x><p style=y>", "2 style attributes"),
            ("<a onclick=x>", "onclick of <a>"),
            ("<img src=data:image/png;base64,x>", "the image data:"),
            ("<iframe src=/x>", "the frame /x"),
            ("<form action=https://other.example/>", "the form https://other.example/"),
            ("<link rel=preload as=font href=/f.woff2>", "the font /f.woff2"),
            ("<link rel=modulepreload href=//cdn.example/m.js>", "the script //cdn.example/m.js"),
        ] {
            finds(&CHECK, Severity::Broken, says, |facts| page(facts).html = html.to_owned());
        }
        silent(&CHECK, |_| {});
        silent(&CHECK, |facts| {
            page(facts).html = "<script src=https://cms.example.com/a.js></script>".to_owned()
        });
    }

    #[test]
    fn an_app_needs_wasm_and_connections() {
        finds(&CHECK, Severity::Broken, "forbids WebAssembly", |facts| {
            let page = page(facts);
            page.policies[0] = page.policies[0].replace(" 'wasm-unsafe-eval'", "");
        });
        let findings = run(&CHECK, |facts| {
            let page = page(facts);
            page.policies[0] = page.policies[0].replace("connect-src 'self'", "connect-src 'none'");
        });
        assert_eq!(findings.len(), 2, "the preload and the app's own requests: {findings:#?}");
    }

    #[test]
    fn every_policy_has_to_allow_it() {
        finds(&CHECK, Severity::Broken, "script-src 'none'", |facts| {
            let page = page(facts);
            page.html = "<script src=/a.js></script>".to_owned();
            page.policies.push("script-src 'none'".to_owned());
        });
    }

    #[test]
    fn an_app_without_a_policy_is_risky() {
        finds(&CHECK, Severity::Risky, "whatever is injected", |facts| page(facts).policies.clear());
        silent(&CHECK, |facts| {
            page(facts).policies.clear();
            page(facts).is_app = false;
        });
    }
}
