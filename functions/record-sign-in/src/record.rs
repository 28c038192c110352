//! The record of a sign-in: its key, and what is kept.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

use crate::event::SignIn;

/// Sign-ins of one person at one client that are nearer than this are one: the user pool calls again what was slow.
pub(crate) const SAME: Duration = Duration::seconds(10);
/// How long a record is kept.
const KEPT: Duration = Duration::days(400);
/// RFC 3339 with milliseconds always, so that text sorts as time does.
const AT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    /// The partition key.
    pub(crate) pk: String,
    /// The sort key: the time, and an id for those of the same time.
    pub(crate) sk: String,
    /// The day, by which all sign-ins are listed.
    pub(crate) day: String,
    /// When.
    pub(crate) at: String,
    pub(crate) username: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) greeting: Option<String>,
    /// When it may go, in seconds since the epoch.
    pub(crate) expires_at: i64,
}

impl Record {
    pub(crate) fn new(sign_in: &SignIn, greeting: Option<String>, now: OffsetDateTime) -> Record {
        let at = at(now);
        Record {
            pk: format!("USER#{}", sign_in.sub),
            sk: format!("{at}#{}", id(sign_in, &at)),
            day: day(&at).to_owned(),
            at,
            username: sign_in.username.clone(),
            email: sign_in.email.clone(),
            name: sign_in.name.clone(),
            client_id: sign_in.client.clone(),
            greeting,
            expires_at: (now + KEPT).unix_timestamp(),
        }
    }

    /// The same sign-in under the key that an earlier call gave it.
    pub(crate) fn of_earlier_call(self, at: String, sk: String) -> Record {
        Record { day: day(&at).to_owned(), at, sk, ..self }
    }
}

/// A time as it is kept.
pub(crate) fn at(time: OffsetDateTime) -> String {
    // A time of this age of the world can be written.
    time.format(AT).unwrap_or_default()
}

fn day(at: &str) -> &str {
    at.split_once('T').map_or(at, |(day, _)| day)
}

/// Not random: whatever is tried again has the same.
fn id(sign_in: &SignIn, at: &str) -> String {
    let text = format!("{}\n{}\n{at}", sign_in.sub, sign_in.client);
    Sha256::digest(text.as_bytes()).iter().take(6).fold(String::new(), |mut id, byte| {
        // Writing into a String cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn sign_in() -> SignIn {
        SignIn { sub: "s".into(), username: "rae".into(), email: None, name: None, client: "c".into() }
    }

    #[test]
    fn keys_sort_as_time_does_and_say_the_day() {
        let record = |time| Record::new(&sign_in(), None, time);
        let (one, two) =
            (record(datetime!(2026-11-26 20:59:59.9 UTC)), record(datetime!(2026-11-26 21:00:00.05 UTC)));
        assert!(one.sk < two.sk && one.sk.starts_with("2026-11-26T20:59:59.900Z#"), "{one:?}");
        assert_eq!((one.pk.as_str(), one.day.as_str()), ("USER#s", "2026-11-26"));
        assert_eq!(record(datetime!(2026-11-26 20:59:59.9 UTC)), one);
    }

    #[test]
    fn an_earlier_call_keeps_its_key() {
        let record = Record::new(&sign_in(), None, datetime!(2026-11-27 00:00:03 UTC));
        let earlier =
            record.of_earlier_call("2026-11-26T23:59:58.000Z".into(), "2026-11-26T23:59:58.000Z#1".into());
        assert_eq!((earlier.day.as_str(), earlier.sk.as_str()), ("2026-11-26", "2026-11-26T23:59:58.000Z#1"));
    }
}
