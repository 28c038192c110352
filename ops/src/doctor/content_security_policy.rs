//! A Content-Security-Policy, as browsers read it. <https://www.w3.org/TR/CSP3/>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Policy {
    directives: Vec<(String, Vec<String>)>,
}

/// A directive that forbids something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forbidden {
    /// Its name as it stands in the policy; the one that was asked for where none does.
    pub(super) directive: String,
    /// It with its sources.
    pub(super) text: String,
}

/// From where something is loaded, seen from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The page's own origin.
    Own,
    /// A scheme without a host: `data`, `blob`.
    Scheme(&'a str),
    /// Another origin: the URL without its scheme, and the scheme.
    Foreign(&'a str, &'a str),
}

impl<'a> Target<'a> {
    /// Of a URL in a document whose site has these hosts.
    pub(super) fn of(url: &'a str, own_hosts: &[String]) -> Target<'a> {
        let url = url.trim();
        let (scheme, rest) = match url.split_once(':') {
            _ if url.starts_with("//") => ("https", url.get(2..).unwrap_or_default()),
            Some((scheme @ ("http" | "https" | "ws" | "wss"), rest)) => {
                (scheme, rest.trim_start_matches('/'))
            }
            Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) => {
                return Target::Scheme(scheme);
            }
            _ => return Target::Own,
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if own_hosts.iter().any(|host| host.eq_ignore_ascii_case(authority)) {
            return Target::Own;
        }
        Target::Foreign(scheme, rest)
    }
}

impl Policy {
    /// Reads the value of a header field. Of a directive that stands twice, the first counts.
    pub(super) fn parse(text: &str) -> Policy {
        let mut directives: Vec<(String, Vec<String>)> = Vec::new();
        for directive in text.split(';') {
            let mut words = directive.split_ascii_whitespace();
            let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
            if directives.iter().all(|(known, _)| *known != name) {
                directives.push((name, words.map(str::to_owned).collect()));
            }
        }
        Policy { directives }
    }

    /// Whether something may be loaded. `directives`: the one that governs it, then those it falls back to.
    pub(super) fn load(
        &self,
        directives: &[&str],
        target: Target<'_>,
        nonce: Option<&str>,
    ) -> Result<(), Forbidden> {
        let Some((name, sources)) = self.governing(directives) else { return Ok(()) };
        let by_nonce = nonce.is_some_and(|nonce| has(sources, &format!("'nonce-{nonce}'")));
        if by_nonce || sources.iter().any(|source| allows(source, target)) {
            return Ok(());
        }
        Err(forbidden(name, sources))
    }

    /// Whether code in the document itself may run.
    pub(super) fn inline(
        &self,
        directives: &[&str],
        text: &str,
        nonce: Option<&str>,
    ) -> Result<(), Forbidden> {
        let Some((name, sources)) = self.governing(directives) else { return Ok(()) };
        let by_nonce = nonce.is_some_and(|nonce| has(sources, &format!("'nonce-{nonce}'")));
        let names_each = |source: &String| {
            let source = source.to_ascii_lowercase();
            ["'nonce-", "'sha256-", "'sha384-", "'sha512-"].iter().any(|kind| source.starts_with(kind))
                || source == "'strict-dynamic'"
        };
        let in_general = has(sources, "'unsafe-inline'") && !sources.iter().any(names_each);
        let by_hash = hashes(text).iter().any(|hash| sources.iter().any(|source| source == hash));
        if by_nonce || in_general || by_hash { Ok(()) } else { Err(forbidden(name, sources)) }
    }

    /// Whether attributes (`style`, `on…`) may hold code.
    pub(super) fn attributes(&self, directives: &[&str]) -> Result<(), Forbidden> {
        // A hash counts for attributes only beside 'unsafe-hashes', which is not looked into here.
        let Some((name, sources)) = self.governing(directives) else { return Ok(()) };
        if has(sources, "'unsafe-hashes'") || self.inline(directives, "", None).is_ok() {
            return Ok(());
        }
        Err(forbidden(name, sources))
    }

    /// Whether WebAssembly may be compiled.
    pub(super) fn wasm(&self) -> Result<(), Forbidden> {
        let Some((name, sources)) = self.governing(&["script-src", "default-src"]) else { return Ok(()) };
        if has(sources, "'wasm-unsafe-eval'") || has(sources, "'unsafe-eval'") {
            return Ok(());
        }
        Err(forbidden(name, sources))
    }

    fn governing(&self, directives: &[&str]) -> Option<(&str, &[String])> {
        let find = |wanted: &&str| self.directives.iter().find(|(name, _)| name == wanted);
        directives.iter().find_map(find).map(|(name, sources)| (name.as_str(), sources.as_slice()))
    }
}

fn forbidden(name: &str, sources: &[String]) -> Forbidden {
    Forbidden {
        directive: name.to_owned(),
        text: format!("{name} {}", sources.join(" ")).trim_end().to_owned(),
    }
}

/// What would have to be added for an inline script or style.
pub(super) fn hash_source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn hashes(text: &str) -> [String; 3] {
    [
        hash_source(text),
        format!("'sha384-{}'", STANDARD.encode(Sha384::digest(text))),
        format!("'sha512-{}'", STANDARD.encode(Sha512::digest(text))),
    ]
}

fn has(sources: &[String], wanted: &str) -> bool {
    sources.iter().any(|source| source.eq_ignore_ascii_case(wanted))
}

/// CSP 3 section 6.7.2.8: does a URL match an expression?
fn allows(source: &str, target: Target<'_>) -> bool {
    match target {
        Target::Own => {
            source == "*" || source.eq_ignore_ascii_case("'self'") || source.eq_ignore_ascii_case("https:")
        }
        Target::Scheme(scheme) => {
            source.strip_suffix(':').is_some_and(|allowed| allowed.eq_ignore_ascii_case(scheme))
        }
        Target::Foreign(scheme, rest) => source == "*" || allows_foreign(source, scheme, rest),
    }
}

fn allows_foreign(source: &str, scheme: &str, rest: &str) -> bool {
    if let Some(allowed) = source.strip_suffix(':') {
        return allowed.eq_ignore_ascii_case(scheme);
    }
    let (allowed_scheme, source) =
        source.split_once("://").map_or((None, source), |(s, rest)| (Some(s), rest));
    if allowed_scheme.is_some_and(|allowed| !allowed.eq_ignore_ascii_case(scheme)) || source.starts_with('\'')
    {
        return false;
    }
    let (allowed_host, allowed_path) = source.split_once('/').unwrap_or((source, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host_fits = match allowed_host.strip_prefix("*.") {
        Some(parent) => host.to_ascii_lowercase().ends_with(&format!(".{}", parent.to_ascii_lowercase())),
        None => allowed_host.eq_ignore_ascii_case(host),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path_fits = allowed_path.is_empty()
        || path == allowed_path
        || (allowed_path.ends_with('/') && path.starts_with(allowed_path));
    host_fits && path_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPTS: &[&str] = &["script-src-elem", "script-src", "default-src"];

    fn own(url: &str) -> Target<'_> {
        Target::of(url, &[])
    }

    #[test]
    fn sources_match_as_in_browsers() {
        for (policy, url, allowed) in [
            ("script-src 'self'", "/a.js", true),
            ("script-src 'self'", "https://cdn.example/a.js", false),
            ("script-src https://cdn.example", "https://cdn.example/a.js", true),
            ("script-src https://cdn.example/lib/", "https://cdn.example/a.js", false),
            ("script-src *.example", "//cdn.example/a.js", true),
            ("default-src 'none'", "a.js", false),
            ("img-src 'none'", "a.js", true),
            ("script-src data:", "data:text/javascript,1", true),
            ("script-src *", "data:text/javascript,1", false),
            ("SCRIPT-SRC 'SELF'; script-src 'none'", "/a.js", true),
        ] {
            let outcome = Policy::parse(policy).load(SCRIPTS, own(url), None);
            assert_eq!(outcome.is_ok(), allowed, "{policy} {url}");
        }
        assert_eq!(Target::of("https://a.example/x", &["a.example".to_owned()]), Target::Own);
    }

    #[test]
    fn inline_code_needs_a_hash_a_nonce_or_leave() {
        let hash = hash_source("go()");
        for (policy, allowed) in [
            ("script-src 'self'".to_owned(), false),
            ("script-src 'unsafe-inline'".to_owned(), true),
            (format!("script-src 'unsafe-inline' {hash}"), true),
            (format!("script-src 'unsafe-inline' {}", hash_source("other()")), false),
            ("script-src 'nonce-n'".to_owned(), true),
        ] {
            let outcome = Policy::parse(&policy).inline(SCRIPTS, "go()", Some("n"));
            assert_eq!(outcome.is_ok(), allowed, "{policy}");
        }
        // The example of CSP 3 section 6.7.3.3.
        assert_eq!(hash_source("doSomething();"), hashes("doSomething();")[0]);
    }

    #[test]
    fn web_assembly_needs_a_source_of_its_own() {
        assert_eq!(Policy::parse("script-src 'self'").wasm().unwrap_err().text, "script-src 'self'");
        assert!(Policy::parse("script-src 'wasm-unsafe-eval'").wasm().is_ok());
        assert!(Policy::parse("img-src 'self'").wasm().is_ok());
    }
}
