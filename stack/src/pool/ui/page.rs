//! The frame around every page, and the headers that keep it safe.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::visit::Visit;
use crate::pool::client::Client;
use crate::pool::server::Pool;

/// One page.
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) title: &'a str,
    /// Whether the form came back with problems; the title says so first, for screen readers.
    pub(crate) failed: bool,
    /// Wide pages hold tables, narrow ones forms.
    pub(crate) wide: bool,
    pub(crate) content: Markup,
}

impl<'a> Page<'a> {
    pub(crate) fn new(title: &'a str, content: Markup) -> Self {
        Self { status: StatusCode::OK, title, failed: false, wide: false, content }
    }

    /// A form that is shown again with its problems.
    pub(crate) fn failed(title: &'a str, status: StatusCode, content: Markup) -> Self {
        Self { status, failed: true, ..Self::new(title, content) }
    }

    pub(crate) fn answer(self, visit: &Visit, pool: &Pool) -> Response {
        let status = self.status;
        let document = self.document(visit, &pool.settings().title).into_string();
        let mut response = (status, document).into_response();
        let headers = response.headers_mut();
        let fixed = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "same-origin"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Ok(policy) = HeaderValue::from_str(&content_security_policy(pool)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        visit.remember_csrf(response)
    }

    fn document(&self, visit: &Visit, brand: &str) -> Markup {
        let texts = visit.texts();
        let (other, other_name) = visit.language.other();
        html! {
            (DOCTYPE)
            html lang=(visit.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { @if self.failed { (texts.error_prefix) ": " } (self.title) " · " (brand) }
                    link rel="stylesheet" href="/style.css";
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                }
                body {
                    header { img src="/icon.svg" alt="" width="28" height="28"; span { (brand) } }
                    main .wide[self.wide] { (self.content) }
                    footer {
                        p { (texts.local_stand_in) }
                        nav aria-label=(texts.more) {
                            a href="/" { (texts.start_page) }
                            a href="/mailbox" { (texts.mailbox) }
                            a href=(visit.in_language(other)) lang=(other.tag()) hreflang=(other.tag()) { (other_name) }
                        }
                    }
                }
            }
        }
    }
}

/// No script at all; forms may lead to the clients, because browsers hold redirects after a form to `form-action`.
fn content_security_policy(pool: &Pool) -> String {
    let mut origins: Vec<String> = pool.settings().clients.iter().flat_map(Client::origins).collect();
    origins.sort_unstable();
    origins.dedup();
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {}; base-uri 'none'; \
         frame-ancestors 'none'",
        origins.join(" ")
    )
}

/// A redirect that no cache keeps.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match HeaderValue::from_str(location) {
        Ok(location) => {
            headers.insert(header::LOCATION, location);
            response
        }
        // Registered URLs and encoded parameters fit into a header; nothing else comes here.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
