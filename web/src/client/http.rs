//! Requests to the site's own origin. The session travels in cookies that no script can see; the gate answers 401
//! to a request like these instead of redirecting it, and renews a session by a 307 that the browser follows with
//! method and body intact.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestInit, Response};

/// No answer within this many milliseconds counts as none.
const TIMEOUT: u32 = 15_000;

/// A request.
pub(crate) struct Request<'a> {
    /// `GET`, `PUT` and so on.
    pub(crate) method: &'static str,
    /// A path of this origin, with its query.
    pub(crate) path: &'a str,
    /// A JSON text to send.
    pub(crate) json: Option<String>,
    /// The version that it is meant for (`If-Match`).
    pub(crate) version: Option<i64>,
    /// Whether it is to be done once, however often it is sent: that name (`Idempotency-Key`).
    pub(crate) once: Option<String>,
}

/// An answer of any status.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body as text.
    pub(crate) body: String,
    /// The revision that a published page says it is.
    pub(crate) revision: Option<String>,
    /// Whether the browser was sent on to another address.
    pub(crate) redirected: bool,
}

/// Why there is no answer.
pub(crate) enum NoAnswer {
    /// It took too long.
    TimedOut,
    /// The network or the server was not there. A browser tells a script no more than that.
    Unreachable,
}

impl<'a> Request<'a> {
    /// Asks for something.
    pub(crate) fn get(path: &'a str) -> Self {
        Self::new("GET", path)
    }

    /// A request without a body.
    pub(crate) fn new(method: &'static str, path: &'a str) -> Self {
        Self { method, path, json: None, version: None, once: None }
    }
}

/// Sends one request and reads the whole answer.
pub(crate) async fn ask(request: Request<'_>) -> Result<Answer, NoAnswer> {
    exchange(request).await.map_err(|cause| {
        let name = Reflect::get(&cause, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("TimeoutError") => NoAnswer::TimedOut,
            _ => NoAnswer::Unreachable,
        }
    })
}

async fn exchange(request: Request<'_>) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method(request.method);
    if let Some(json) = request.json {
        headers.set("content-type", "application/json")?;
        init.set_body(&json.into());
    }
    if let Some(version) = request.version {
        headers.set("if-match", &format!("\"{version}\""))?;
    }
    if let Some(once) = request.once {
        headers.set("idempotency-key", &once)?;
    }
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    let begun = if request.method == "GET" { begun(request.path) } else { None };
    let fetched =
        begun.unwrap_or_else(|| leptos::prelude::window().fetch_with_str_and_init(request.path, &init));
    let response: Response = JsFuture::from(fetched).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Answer {
        status: response.status(),
        body: body.as_string().unwrap_or_default(),
        revision: response.headers().get("x-amz-meta-revision").ok().flatten(),
        redirected: response.redirected(),
    })
}

/// The answer that `boot.js` asked for while the app was arriving; whoever takes it is the first and the last to get it.
fn begun(path: &str) -> Option<Promise> {
    let asked = Reflect::get(&js_sys::global(), &"asked".into()).ok()?.dyn_into::<Object>().ok()?;
    let promise = Reflect::get(&asked, &path.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&asked, &path.into()).ok()?;
    Some(promise)
}
