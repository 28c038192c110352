//! The authorization endpoint.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::pool::authorization_request::Prompt;
use crate::pool::server::Pool;
use crate::pool::ui::{Destination, Halt, Visit, redirect};

/// Answers with a code where the browser has a live session, else leads to the sign-in page with the same query.
pub(super) async fn authorize(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let request = Destination::client(&visit, &pool)?;
    let session = visit.session(&pool);
    match (request.prompt, session) {
        (Prompt::WhenNeeded | Prompt::None, Some(session)) => {
            Ok(Destination::Client(request).reach(&pool, &session))
        }
        (Prompt::None, None) => {
            let refusal = request.error("login_required", "nobody is signed in and prompt is none");
            Ok(redirect(StatusCode::FOUND, &refusal.location()))
        }
        (Prompt::WhenNeeded | Prompt::Login, _) => Ok(redirect(StatusCode::FOUND, &visit.link("/login"))),
    }
}
