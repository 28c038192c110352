//! The pages that the gate answers with: the only module that builds HTML.
//!
//! A page loads nothing: its style is inline and allowed by its hash, it runs no script, and the template escapes every
//! text.

mod english;
mod german;
mod language;
mod message;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use maud::{DOCTYPE, PreEscaped, html};

pub use language::Language;
pub use message::{Action, Message, Text};

use crate::response::Response;

const STYLE: &str = include_str!("page.css");

/// A page to be shown.
pub struct Page<'p> {
    /// What it says.
    pub message: Message,
    /// The language it says it in.
    pub language: Language,
    /// Where the viewer can go from here, with the address of each.
    pub actions: Vec<(Action, String)>,
    /// Where the browser goes on by itself, where that helps.
    pub goes_on_to: Option<String>,
    /// Whether it is shown inside another page: then this site's own pages may hold it, and its links lead out of them.
    pub is_framed: bool,
    /// CloudFront's id of the request, for whoever asks for help.
    pub request_id: &'p str,
}

impl Page<'_> {
    /// The page as an answer.
    #[must_use]
    pub fn into_response(self, status: StatusCode) -> Response {
        let policy = content_security_policy(if self.is_framed { "'self'" } else { "'none'" });
        let frames = if self.is_framed { "SAMEORIGIN" } else { "DENY" };
        Response::document(status, "text/html; charset=utf-8", self.markup())
            .with_header("content-security-policy", &policy)
            .with_header("x-content-type-options", "nosniff")
            .with_header("referrer-policy", "no-referrer")
            .with_header("x-frame-options", frames)
    }

    fn markup(&self) -> String {
        let text = self.language.text(self.message);
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    @if let Some(address) = &self.goes_on_to {
                        meta http-equiv="refresh" content={ "0; url=" (address) };
                    }
                    title { (text.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        h1 { (text.title) }
                        p { (text.body) }
                        @if !self.actions.is_empty() {
                            p class="actions" {
                                @for (action, address) in &self.actions {
                                    a href=(address) target=[self.is_framed.then_some("_top")] {
                                        (self.language.label(*action))
                                    }
                                }
                            }
                        }
                    }
                    @if !self.request_id.is_empty() {
                        footer { p { (self.language.request_id_label()) " " code { (self.request_id) } } }
                    }
                }
            }
        }
        .into_string()
    }
}

/// A page that is the same for everybody, since it is cached: in every language, with the start page as the way on.
#[must_use]
pub fn for_everybody(message: Message) -> String {
    let english = Language::English.text(message);
    html! {
        (DOCTYPE)
        html lang=(Language::English.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (english.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @for (level, language) in [Language::English, Language::German].into_iter().enumerate() {
                        @let text = language.text(message);
                        section lang=(language.tag()) {
                            @if level == 0 { h1 { (text.title) } } @else { h2 { (text.title) } }
                            p { (text.body) }
                            p class="actions" { a href="/" { (language.label(Action::Home)) } }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

/// The 503 answer of a function whose configuration was refused.
#[must_use]
pub fn unavailable() -> Response {
    let page = for_everybody(Message::SetUpWrongly);
    Response::document(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", page)
        .with_header("content-security-policy", &content_security_policy("'none'"))
        .with_header("x-content-type-options", "nosniff")
        .with_header("retry-after", "30")
}

/// `Content-Security-Policy` of a page: nothing but its own style.
fn content_security_policy(frame_ancestors: &str) -> String {
    let hash = STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {frame_ancestors}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(request_id: &str) -> Page<'_> {
        Page {
            message: Message::NotInGroup,
            language: Language::English,
            actions: vec![(Action::SignIn, "/auth/sign-in?to=%2F&x=\"><script>".into())],
            goes_on_to: None,
            is_framed: false,
            request_id,
        }
    }

    #[test]
    fn every_text_is_escaped() {
        let response = page("<script>alert(1)</script>").into_response(StatusCode::FORBIDDEN);
        assert!(!response.body().contains("<script"), "{}", response.body());
    }

    #[test]
    fn a_page_needs_nothing_from_anywhere() {
        let response = page("id").into_response(StatusCode::FORBIDDEN);
        for asset in ["src=", "@import", "url(", "http://", "https://"] {
            assert!(!response.body().contains(asset), "{asset}");
        }
        assert!(response.body().len() < 8_000);
    }
}
