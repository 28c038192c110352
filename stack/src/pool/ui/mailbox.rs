//! The page that stands in for everyone's mailbox.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::page::Page;
use super::texts::Texts;
use super::visit::Visit;
use crate::pool::one_time_code::Purpose;
use crate::pool::server::Pool;

/// All mails, newest first.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Response {
    let texts = visit.texts();
    let now = pool.now();
    let mails: Vec<_> = pool.state().mailbox.mails().cloned().collect();
    let content = html! {
        h1 { (texts.mailbox) }
        p .lead { (texts.mailbox_intro) }
        @if mails.is_empty() {
            p .empty { (texts.mailbox_empty) }
        }
        ol .mails {
            @for mail in &mails {
                li {
                    p .about {
                        strong { @match mail.purpose {
                            Purpose::Confirm => (texts.mail_confirm),
                            Purpose::Reset => (texts.mail_reset),
                        } }
                        " " time datetime=(timestamp(mail.sent_at)) { (ago(texts, now.saturating_sub(mail.sent_at))) }
                    }
                    p .to { (texts.mail_to) " " (mail.to) }
                    p .code { (mail.code) }
                }
            }
        }
        p { a .button .secondary href=(visit.link("/mailbox")) { (texts.refresh) } }
    };
    Page::new(texts.mailbox, content).answer(&visit, &pool)
}

/// RFC 3339 in UTC.
fn timestamp(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.format(&Rfc3339).unwrap_or_default()
}

fn ago(texts: &Texts, seconds: u64) -> String {
    match seconds {
        0..60 => texts.just_now.to_owned(),
        60..3_600 => texts.minutes_ago.replace("{}", &(seconds / 60).to_string()),
        _ => texts.hours_ago.replace("{}", &(seconds / 3_600).to_string()),
    }
}
