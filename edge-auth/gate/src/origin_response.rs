//! Origin response: rewrites the bucket's answers before they are cached.
//!
//! CloudFront asks on cache misses only, for every status, and takes another status, other header fields and another
//! body (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>). What comes of
//! it is the same for everybody, since it is cached: no word of who asked may go into it.

use std::borrow::Cow;
use std::sync::Arc;

use cognito::UnixTime;
use http::StatusCode;
use percent_encoding::percent_decode_str;
use ring::digest::{SHA256, digest};

use crate::config::Config;
use crate::endpoint_url::EndpointUrl;
use crate::memory::Memory;
use crate::page::{self, Message};
use crate::pool_call::{PoolAnswer, PoolCall};
use crate::request::Headers;
use crate::route::Access;

/// Where the site's own page for what is not there lies, if it has one.
const NOT_FOUND_PATH: &str = "/404.html";

/// How long what is not there stays so in the cache, where no invalidation by its tag comes sooner.
const ABSENT: &str = "public, max-age=0, s-maxage=5";

/// How long a redirect that the site has at an address is kept by browsers.
const MOVED: &str = "public, max-age=60";

/// The header field that an object's redirect comes with.
const REDIRECT: &str = "x-amz-website-redirect-location";

/// The header field that the distribution reads cache tags from (`CacheTagConfig`).
const CACHE_TAG: &str = "x-amz-meta-cache-tag";

/// What the bucket answered, with the request that it answered.
#[derive(Debug, Clone)]
pub struct OriginResponse<'a> {
    /// The path that the bucket was asked for, in its canonical spelling.
    pub uri: Cow<'a, str>,
    /// The header fields that the bucket was asked with.
    pub asked_with: Headers<'a>,
    /// The status.
    pub status: u16,
    /// The reason phrase (RFC 9110 section 15).
    pub reason_phrase: Cow<'a, str>,
    /// The header fields of the answer.
    pub headers: Headers<'a>,
}

/// What goes into the cache.
#[derive(Debug, Clone)]
pub struct OriginAnswer<'a> {
    /// The status.
    pub status: u16,
    /// The reason phrase (RFC 9110 section 15).
    pub reason_phrase: Cow<'a, str>,
    /// The header fields.
    pub headers: Headers<'a>,
    /// The body that takes the place of the bucket's; without one, the bucket's stays.
    pub body: Option<Arc<str>>,
}

/// What comes of an answer of the bucket at first.
#[derive(Debug)]
pub enum OriginStep<'a> {
    /// It is decided.
    Decided(OriginAnswer<'a>),
    /// The site's own page for what is not there must be read first.
    NotFoundPageNeeded(NotFoundPageCall<'a>),
}

/// The call for the site's own page, in the middle of an answer.
#[derive(Debug)]
pub struct NotFoundPageCall<'a> {
    call: PoolCall,
    response: OriginResponse<'a>,
}

/// Decides what goes into the cache, or says what to read first.
pub(crate) fn step<'a>(
    config: &Config,
    response: OriginResponse<'a>,
    memory: &Memory,
    now: UnixTime,
) -> OriginStep<'a> {
    match response.status {
        200..300 => OriginStep::Decided(found(response)),
        // Without the right to list, S3 answers 403 for what is not there.
        403 | 404 => absent(config, response, memory, now),
        500.. => OriginStep::Decided(unavailable(response)),
        _ => OriginStep::Decided(OriginAnswer::unchanged(response)),
    }
}

impl<'a> NotFoundPageCall<'a> {
    /// What to read.
    #[must_use]
    pub fn call(&self) -> &PoolCall {
        &self.call
    }

    /// Takes the page, or does without it. Either is remembered for a while.
    #[must_use]
    pub fn finish(self, answer: &PoolAnswer, memory: &mut Memory, now: UnixTime) -> OriginAnswer<'a> {
        let page = match answer {
            PoolAnswer::Answered { status: 200, body } => std::str::from_utf8(body).ok().map(Arc::from),
            _ => None,
        };
        memory.keep_not_found_page(page.clone(), now);
        not_found(self.response, page)
    }
}

impl<'a> OriginAnswer<'a> {
    fn unchanged(response: OriginResponse<'a>) -> OriginAnswer<'a> {
        OriginAnswer {
            status: response.status,
            reason_phrase: response.reason_phrase,
            headers: response.headers,
            body: None,
        }
    }

    /// An answer in the place of the bucket's. What tells of the bucket's body goes with it.
    fn instead(response: OriginResponse<'a>, status: StatusCode, body: Arc<str>) -> OriginAnswer<'a> {
        let mut headers = response.headers;
        headers.retain(|line| {
            let name = line.name.to_ascii_lowercase();
            matches!(name.as_str(), "date" | "server" | "transfer-encoding" | "via")
                || name.starts_with("x-amz-meta-")
        });
        OriginAnswer {
            status: status.as_u16(),
            reason_phrase: status.canonical_reason().unwrap_or_default().into(),
            headers,
            body: Some(body),
        }
    }

    fn with(mut self, name: &'static str, key: &'static str, value: impl Into<String>) -> OriginAnswer<'a> {
        self.headers.retain(|line| !line.name.eq_ignore_ascii_case(name));
        self.headers.push(name, key, value.into());
        self
    }

    fn html(self) -> OriginAnswer<'a> {
        self.with("content-type", "Content-Type", "text/html; charset=utf-8")
    }
}

/// An object: a redirect, or something in an encoding that was asked for.
fn found(response: OriginResponse<'_>) -> OriginAnswer<'_> {
    if let Some(location) = response.headers.single(REDIRECT).and_then(location) {
        return OriginAnswer::instead(response, StatusCode::MOVED_PERMANENTLY, "".into())
            .with("location", "Location", location)
            .with("cache-control", "Cache-Control", MOVED);
    }
    let Some(coding) = response.headers.single("content-encoding").map(str::to_ascii_lowercase) else {
        return OriginAnswer::unchanged(response);
    };
    let is_accepted = ["", "identity", "aws-chunked"].contains(&coding.as_str())
        || names(&response.asked_with, "accept-encoding").any(|accepted| accepted == coding);
    let answer = match is_accepted {
        true => OriginAnswer::unchanged(response),
        false => {
            let body = page::for_everybody(Message::NotAcceptable);
            OriginAnswer::instead(response, StatusCode::NOT_ACCEPTABLE, body.into()).html().with(
                "cache-control",
                "Cache-Control",
                "no-store",
            )
        }
    };
    let has_vary = names(&answer.headers, "vary").any(|name| name == "accept-encoding" || name == "*");
    if has_vary {
        return answer;
    }
    let vary: Vec<&str> = answer.headers.all("vary").chain(["Accept-Encoding"]).collect();
    let vary = vary.join(", ");
    answer.with("vary", "Vary", vary)
}

/// Nothing is there: an address without its slash may mean the one with it; anything else is the site's own page.
fn absent<'a>(
    config: &Config,
    response: OriginResponse<'a>,
    memory: &Memory,
    now: UnixTime,
) -> OriginStep<'a> {
    let last_segment = response.uri.rsplit('/').next().unwrap_or_default();
    if !last_segment.is_empty() && !last_segment.contains('.') && location(&response.uri).is_some() {
        let slashed = format!("{}/", response.uri);
        let tags = format!("{},{}", object_tag(&response.uri), object_tag(&slashed));
        return OriginStep::Decided(
            OriginAnswer::instead(response, StatusCode::MOVED_PERMANENTLY, "".into())
                .with("location", "Location", slashed)
                .with("cache-control", "Cache-Control", ABSENT)
                .with(CACHE_TAG, CACHE_TAG, tags),
        );
    }
    if let Some(page) = memory.not_found_page(now) {
        return OriginStep::Decided(not_found(response, page));
    }
    match page_call(config).filter(|_| response.uri != NOT_FOUND_PATH) {
        Some(call) => OriginStep::NotFoundPageNeeded(NotFoundPageCall { call, response }),
        None => OriginStep::Decided(not_found(response, None)),
    }
}

/// The call for the site's own page, over its own address: the function has no other way to the bucket. Only a page
/// that everybody may read can be had, and shown, so.
fn page_call(config: &Config) -> Option<PoolCall> {
    if config.routes.access_of(NOT_FOUND_PATH) != Some(&Access::Public) {
        return None;
    }
    let url = config.hosts.first()?.url(NOT_FOUND_PATH);
    EndpointUrl::parse(&url).ok().map(PoolCall::fetch)
}

fn not_found(response: OriginResponse<'_>, page: Option<Arc<str>>) -> OriginAnswer<'_> {
    let tag = object_tag(&response.uri);
    let page = page.unwrap_or_else(|| page::for_everybody(Message::NotFound).into());
    OriginAnswer::instead(response, StatusCode::NOT_FOUND, page)
        .html()
        .with("cache-control", "Cache-Control", ABSENT)
        .with(CACHE_TAG, CACHE_TAG, tag)
}

/// The bucket is in trouble; its status stays, for CloudFront's own rules.
fn unavailable(response: OriginResponse<'_>) -> OriginAnswer<'_> {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::BAD_GATEWAY);
    OriginAnswer::instead(response, status, page::for_everybody(Message::SiteUnavailable).into())
        .html()
        .with("cache-control", "Cache-Control", "no-store")
        .with("retry-after", "Retry-After", "5")
}

/// What may stand in Location: a path on this host, or a web address.
fn location(value: &str) -> Option<String> {
    let is_path = value.starts_with('/') && !value.starts_with("//") && !value.contains('\\');
    let is_address = value.starts_with("https://") || value.starts_with("http://");
    let is_text = value.bytes().all(|byte| byte.is_ascii_graphic());
    (is_text && (is_path || is_address)).then(|| value.to_owned())
}

/// The names that a header field lists, without their parameters, in lower case.
fn names<'h>(headers: &'h Headers<'_>, name: &'static str) -> impl Iterator<Item = String> + 'h {
    let entries = headers.all(name).flat_map(|value| value.split(','));
    entries.map(|entry| entry.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The cache tag of the object at a path, as publishing gives it: the first eight bytes of the digest of the address.
fn object_tag(uri: &str) -> String {
    let decoded = percent_decode_str(uri).decode_utf8_lossy();
    let address = match decoded.strip_suffix("/index.html") {
        Some(folder) => Cow::Owned(format!("{folder}/")),
        None => decoded,
    };
    let digest = digest(&SHA256, address.as_bytes());
    let digits: String = digest.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("o-{digits}")
}
