//! The logout endpoint: ends the hosted UI's session, then goes back to the client or to the sign-in page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::pool::authorization_request::Untrusted;
use crate::pool::server::Pool;
use crate::pool::ui::{Destination, Halt, Visit, redirect};

/// Only registered places are gone to; with any other nobody is signed out.
pub(super) async fn logout(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let query = visit.whole_query();
    let location = match query.one("logout_uri").ok().flatten() {
        Some(logout_uri) => {
            let client = query.one("client_id").ok().flatten().and_then(|id| pool.settings().client(id));
            let client = client.ok_or_else(|| Halt::untrusted(&visit, &pool, Untrusted::Client))?;
            if !client.logout_urls.iter().any(|url| url == logout_uri) {
                return Err(Halt::untrusted(&visit, &pool, Untrusted::LogoutUri));
            }
            logout_uri.to_owned()
        }
        None => {
            Destination::client(&visit, &pool)?;
            visit.link("/login")
        }
    };
    Ok(visit.end_session(&pool, redirect(StatusCode::FOUND, &location)))
}
