//! `GET /sign-ins`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use content::permission::Permission;
use content::wire::{List, SignIn};
use time::{Date, Duration};

use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::query::Query;
use super::{Api, json};
use crate::ambient;

/// How far back sign-ins are looked for: as long as they are kept.
const KEPT: Duration = Duration::days(400);
/// Days that are looked at for one page.
const DAYS: usize = 40;

/// Who signed in, newest first.
#[utoipa::path(get, path = "/sign-ins", tag = "activity", operation_id = "list_sign_ins",
    params(
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "a page of them", body = List<SignIn>)))]
pub(super) async fn list_sign_ins(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::SignInsRead)?;
    let limit = query.limit()?;
    let from = query.one_of("cursor", "`next` of the page before", Place::read)?;
    query.finish()?;
    let today = api.ambient.now().date();
    let oldest = today - KEPT;
    let mut place = from.unwrap_or(Place { day: today, before: None });
    let (mut items, mut next) = (Vec::new(), None);
    for looked_at in 0.. {
        if place.day < oldest {
            break;
        }
        if looked_at == DAYS {
            next = Some(place.written());
            break;
        }
        let wanted = limit - items.len();
        let found = api.records.sign_ins(&day(place.day), place.before.as_deref(), wanted + 1).await;
        let mut found = found.map_err(|error| Failure::unavailable(&error))?;
        if found.len() > wanted {
            found.truncate(wanted);
            let before = found.last().map(|last| last.key.clone()).or(place.before);
            items.extend(found.into_iter().map(|found| found.sign_in));
            next = Some(Place { day: place.day, before }.written());
            break;
        }
        items.extend(found.into_iter().map(|found| found.sign_in));
        let Some(day_before) = place.day.previous_day() else { break };
        place = Place { day: day_before, before: None };
    }
    Ok(json::ok(&List::<SignIn> { items, next, total: None }))
}

/// Where a page begins: a day, and a key among those of that day.
struct Place {
    day: Date,
    before: Option<String>,
}

impl Place {
    fn read(cursor: &str) -> Option<Place> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let (date, before) = text.split_once(' ')?;
        let mut parts = date.split('-');
        let year = parts.next()?.parse().ok()?;
        let month: u8 = parts.next()?.parse().ok()?;
        let date =
            Date::from_calendar_date(year, month.try_into().ok()?, parts.next()?.parse().ok()?).ok()?;
        Some(Place { day: date, before: Some(before.to_owned()).filter(|before| !before.is_empty()) })
    }

    fn written(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{} {}", day(self.day), self.before.as_deref().unwrap_or_default()))
    }
}

fn day(day: Date) -> String {
    ambient::timestamp(day.midnight().assume_utc()).0.chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_was_written() {
        let date = Date::from_calendar_date(2026, time::Month::November, 6).unwrap();
        for before in [None, Some("2026-11-06T10:00:00.000Z#x".to_owned())] {
            let written = Place { day: date, before: before.clone() }.written();
            let read = Place::read(&written).unwrap();
            assert_eq!((read.day, read.before), (date, before));
        }
        for wrong in ["", "x", "MjAyNi0xMy0wMSA"] {
            assert!(Place::read(wrong).is_none(), "{wrong}");
        }
    }
}
