//! `Idempotency-Key`: a request that is sent again is answered as it was, and done once.

use std::fmt::Write as _;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use content::wire::PersonId;
use sha2::{Digest, Sha256};

use super::Api;
use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::json::{MAX_BODY, Sent};
use crate::store::{Kept, KeyUse};
use axum::extract::FromRequest;

const KEY: &str = "idempotency-key";

/// Header fields of an answer that its body does not tell.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// Answers a request that was made before; else lets it be made, and keeps its answer if it was done.
pub(super) async fn once(State(api): State<Api>, request: Request, next: Next) -> Response<Body> {
    if request.method() != Method::POST || !request.headers().contains_key(KEY) {
        return next.run(request).await;
    }
    made_once(&api, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn made_once(api: &Api, request: Request, next: Next) -> Answer<Response<Body>> {
    let key = key(request.headers())?;
    let (mut parts, body) = request.into_parts();
    // A key is a person's own, so that whoever has no token has no keys.
    let person = Caller::from_request_parts(&mut parts, api).await?.id;
    let sent = Sent::from_request(Request::from_parts(parts.clone(), body), api).await?;
    let digest = digest(parts.uri.path(), parts.uri.query().unwrap_or_default(), &sent.bytes);
    match api.store.claim_key(&person, &key, &digest).await? {
        KeyUse::Claimed => {}
        KeyUse::Answered(kept) => return Ok(told(kept)),
        KeyUse::OtherRequest => return Err(Failure::key_reused()),
        KeyUse::Running => {
            return Err(Failure::conflict("the same request is worked on at this time; try again"));
        }
    }
    let claim = Claim { api: api.clone(), person, key, settled: false };
    let response = next.run(Request::from_parts(parts, Body::from(sent.bytes))).await;
    claim.settle(response).await
}

/// A key that is claimed. Where the request ends early (its connection was lost), the key is given back.
struct Claim {
    api: Api,
    person: PersonId,
    key: String,
    settled: bool,
}

impl Claim {
    async fn settle(mut self, response: Response<Body>) -> Answer<Response<Body>> {
        self.settled = true;
        if !response.status().is_success() {
            self.api.store.release_key(&self.person, &self.key).await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let bytes =
            axum::body::to_bytes(body, 4 * MAX_BODY).await.map_err(|error| Failure::internal(&error))?;
        let headers = KEPT.iter().filter_map(|name| {
            let value = parts.headers.get(name)?.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        let kept = Kept {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        };
        self.api.store.keep_answer(&self.person, &self.key, &kept).await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let (api, person, key) = (self.api.clone(), self.person.clone(), self.key.clone());
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = api.store.release_key(&person, &key).await {
                    tracing::warn!(%error, "an idempotency key was not given back");
                }
            });
        }
    }
}

fn key(headers: &HeaderMap) -> Answer<String> {
    let mut fields = headers.get_all(KEY).iter();
    let key = fields.next().and_then(|field| field.to_str().ok()).unwrap_or_default();
    let plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    if key.is_empty() || key.len() > 200 || !plain || fields.next().is_some() {
        return Err(Failure::bad_request(
            "idempotency-key cannot be read, expected 1 to 200 visible characters",
        ));
    }
    Ok(key.to_owned())
}

/// What a request asks for: the same key with anything else is a mistake of the client's.
fn digest(path: &str, query: &str, body: &Bytes) -> String {
    let mut digest = Sha256::new();
    for part in [path.as_bytes(), query.as_bytes(), body] {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn told(kept: Kept) -> Response<Body> {
    let mut response = Response::new(Body::from(kept.body));
    *response.status_mut() = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    for (name, value) in kept.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
