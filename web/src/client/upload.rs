//! Puts a file where a presigned address says, with progress; `fetch` cannot tell how much of a body was sent.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use super::NoAnswer;

/// An upload on its way.
#[derive(Clone)]
pub(crate) struct Sending(XmlHttpRequest);

impl Sending {
    /// Begins; `progress` is told the share that was sent, 0 to 100.
    pub(crate) fn begin(
        method: &str,
        url: &str,
        headers: &[(String, String)],
        progress: impl Fn(u32) + 'static,
    ) -> Result<Self, NoAnswer> {
        Self::prepared(method, url, headers, progress).map_err(|_| NoAnswer::Unreachable)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a hundred, whatever the lengths are"
    )]
    fn prepared(
        method: &str,
        url: &str,
        headers: &[(String, String)],
        progress: impl Fn(u32) + 'static,
    ) -> Result<Self, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open_with_async(method, url, true)?;
        for (name, value) in headers {
            // The browser sets these two itself and refuses them from scripts.
            if !name.eq_ignore_ascii_case("host") && !name.eq_ignore_ascii_case("content-length") {
                request.set_request_header(name, value)?;
            }
        }
        let listener = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            progress((event.loaded() / event.total().max(1.0) * 100.0) as u32);
        });
        request.upload()?.set_onprogress(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
        Ok(Self(request))
    }

    /// Sends the file and waits for the answer's status.
    pub(crate) async fn finish(&self, file: &File) -> Result<u16, NoAnswer> {
        let request = &self.0;
        let ended = Promise::new(&mut |resolve: Function, _| {
            request.set_onloadend(Some(&resolve));
        });
        request.send_with_opt_blob(Some(file)).map_err(|_| NoAnswer::Unreachable)?;
        let _ = JsFuture::from(ended).await;
        match request.status() {
            Ok(status) if status > 0 => Ok(status),
            _ => Err(NoAnswer::Unreachable),
        }
    }

    /// Stops it.
    pub(crate) fn cancel(&self) {
        let _ = self.0.abort();
    }
}
