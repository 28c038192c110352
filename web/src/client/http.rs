//! Requests to the site's own origin. The session travels in cookies that no script can see; the gate answers 401
//! to a request like these instead of redirecting it, and renews a session by a 307 that the browser follows with
//! method and body intact.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestInit, Response};

/// No answer within this many milliseconds counts as none.
const TIMEOUT: u32 = 15_000;

/// What is asked for.
pub(crate) enum Method {
    /// To read.
    Get,
    /// To send this JSON text.
    Post(String),
}

/// An answer of any status.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body as text.
    pub(crate) body: String,
}

/// Why there is no answer.
pub(crate) enum NoAnswer {
    /// It took too long.
    TimedOut,
    /// The network or the server was not there. A browser tells a script no more than that.
    Unreachable,
}

/// Sends one request to a path of this origin and reads the whole answer.
pub(crate) async fn ask(method: Method, path: &str) -> Result<Answer, NoAnswer> {
    exchange(method, path).await.map_err(|cause| {
        let name = Reflect::get(&cause, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("TimeoutError") => NoAnswer::TimedOut,
            _ => NoAnswer::Unreachable,
        }
    })
}

async fn exchange(method: Method, path: &str) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let request = RequestInit::new();
    let begun = match method {
        Method::Get => begun(path),
        Method::Post(json) => {
            headers.set("content-type", "application/json")?;
            request.set_method("POST");
            request.set_body(&json.into());
            None
        }
    };
    request.set_headers(&headers);
    request.set_cache(RequestCache::NoStore);
    request.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    let fetched = begun.unwrap_or_else(|| leptos::prelude::window().fetch_with_str_and_init(path, &request));
    let response: Response = JsFuture::from(fetched).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Answer { status: response.status(), body: body.as_string().unwrap_or_default() })
}

/// The answer that `boot.js` asked for while the app was arriving; whoever takes it is the first and the last to get it.
fn begun(path: &str) -> Option<Promise> {
    let asked = Reflect::get(&js_sys::global(), &"asked".into()).ok()?.dyn_into::<Object>().ok()?;
    let promise = Reflect::get(&asked, &path.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&asked, &path.into()).ok()?;
    Some(promise)
}
