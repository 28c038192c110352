//! Where a sign-in leads.

use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::halt::Halt;
use super::page::redirect;
use super::visit::Visit;
use crate::pool::authorization_request::{AuthorizationRequest, Prompt};
use crate::pool::server::Pool;
use crate::pool::session::Session;
use crate::pool::token::Grant;

/// The client that asked for it, or the pool's own account page if none did.
pub(crate) enum Destination {
    Client(AuthorizationRequest),
    Account,
}

impl Destination {
    pub(crate) fn of(visit: &Visit, pool: &Pool) -> Result<Self, Halt> {
        let query = visit.whole_query();
        let asked =
            ["client_id", "redirect_uri", "response_type"].iter().any(|name| query.one(name) != Ok(None));
        if asked { Self::client(visit, pool).map(Self::Client) } else { Ok(Self::Account) }
    }

    /// The authorization request that the query must hold.
    pub(crate) fn client(visit: &Visit, pool: &Pool) -> Result<AuthorizationRequest, Halt> {
        AuthorizationRequest::parse(visit.whole_query(), pool.settings())
            .map_err(|error| Halt::request(visit, pool, error))
    }

    /// The client that asked.
    pub(crate) fn client_id(&self) -> Option<&str> {
        match self {
            Self::Client(request) => Some(&request.client_id),
            Self::Account => None,
        }
    }

    /// Whether a live session is not enough.
    pub(crate) fn asks_again(&self) -> bool {
        matches!(self, Self::Client(request) if request.prompt == Prompt::Login)
    }

    /// The client's host, for people to recognise.
    pub(crate) fn host(&self) -> Option<String> {
        let Self::Client(request) = self else { return None };
        let url = Url::parse(&request.redirect_uri).ok()?;
        let host = url.host_str()?;
        Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
    }

    /// Goes there, to a client with an authorization code.
    pub(crate) fn reach(&self, pool: &Pool, session: &Session) -> Response {
        match self {
            Self::Client(request) => {
                let (scopes, auth_time) = (request.scopes.clone(), session.auth_time);
                let grant = Grant::new(&request.client_id, &session.username, scopes, auth_time);
                let code = pool.state().authorization_codes.issue(request, grant, pool.now());
                redirect(StatusCode::FOUND, &request.code_location(&code))
            }
            Self::Account => redirect(StatusCode::SEE_OTHER, "/account"),
        }
    }
}
