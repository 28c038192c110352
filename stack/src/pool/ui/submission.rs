//! A form that came from one of the pages.

use axum::extract::{FromRequest, FromRequestParts, RawForm, Request};

use super::halt::Halt;
use super::visit::Visit;
use crate::pool::parameters::Parameters;
use crate::pool::server::Pool;

/// A visit that brings a form whose anti-forgery token is right.
pub(crate) struct Submission {
    pub(crate) visit: Visit,
    pub(crate) form: Parameters,
}

impl FromRequest<Pool> for Submission {
    type Rejection = Halt;

    async fn from_request(request: Request, pool: &Pool) -> Result<Self, Halt> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, pool).await;
        let form = match RawForm::from_request(Request::from_parts(parts, body), pool).await {
            Ok(RawForm(body)) => Parameters::parse(&body),
            Err(_) => Parameters::default(),
        };
        if visit.csrf_matches(form.field("_csrf")) {
            Ok(Self { visit, form })
        } else {
            Err(Halt::forged(&visit, pool))
        }
    }
}
