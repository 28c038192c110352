//! The loopback address that the browser comes back to (RFC 8252 section 7.3).

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::error::SignInError;

/// The redirect URIs that are registered for the app client: Cognito compares them whole, and takes plain HTTP for
/// `localhost` alone. Two, because one port may be taken.
pub const CALLBACKS: [&str; 2] = ["http://localhost:8976/callback", "http://localhost:8977/callback"];

/// The longest request that is read, in bytes.
const LONGEST: usize = 16 * 1_024;

/// A listener for the browser.
pub struct Loopback {
    listeners: Vec<TcpListener>,
    redirect_uri: Url,
}

impl Loopback {
    /// Takes the first port that is free. A browser may know `localhost` by either of its addresses.
    ///
    /// # Errors
    ///
    /// When all are taken.
    pub async fn open() -> Result<Loopback, SignInError> {
        let mut problems = Vec::new();
        for callback in CALLBACKS {
            let Some(redirect_uri) = Url::parse(callback).ok() else { continue };
            let port = redirect_uri.port().unwrap_or_default();
            match TcpListener::bind(("127.0.0.1", port)).await {
                Ok(listener) => {
                    let other = TcpListener::bind(("::1", port)).await.ok();
                    let listeners = [Some(listener), other].into_iter().flatten().collect();
                    return Ok(Loopback { listeners, redirect_uri });
                }
                Err(error) => problems.push(format!("{port} ({error})")),
            }
        }
        Err(SignInError::NoPort(problems.join(", ")))
    }

    /// The redirect URI.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        self.redirect_uri.as_str()
    }

    /// Waits for the browser, and gives what it brought to `read` until that is an answer: other requests, such as that
    /// for an icon, are turned away.
    pub(super) async fn answer<T>(
        &self,
        mut read: impl FnMut(&Url) -> Option<Result<T, SignInError>>,
    ) -> Result<T, SignInError> {
        loop {
            let Some(mut browser) = self.accept().await else { continue };
            let Some(url) = self.requested(&mut browser).await else { continue };
            let answer = if url.path() == self.redirect_uri.path() { read(&url) } else { None };
            let (status, text) = match &answer {
                None => ("404 Not Found", "There is nothing here."),
                Some(Ok(_)) => ("200 OK", "You are signed in. You can close this window."),
                Some(Err(_)) => ("400 Bad Request", "The sign-in was refused. The terminal says why."),
            };
            say(&mut browser, status, text).await;
            if let Some(answer) = answer {
                return answer;
            }
        }
    }

    async fn accept(&self) -> Option<TcpStream> {
        match self.listeners.as_slice() {
            [one, other] => {
                let accepted = tokio::select! {
                    accepted = one.accept() => accepted,
                    accepted = other.accept() => accepted,
                };
                accepted.ok().map(|(stream, _)| stream)
            }
            [one, ..] => one.accept().await.ok().map(|(stream, _)| stream),
            [] => std::future::pending().await,
        }
    }

    /// The address of a GET request; nothing of any other one.
    async fn requested(&self, browser: &mut TcpStream) -> Option<Url> {
        let mut request = Vec::new();
        let mut buffer = [0; 1_024];
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            let count = browser.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
            request.extend_from_slice(buffer.get(..count)?);
            if request.len() > LONGEST {
                return None;
            }
        }
        let text = String::from_utf8(request).ok()?;
        let target = text.strip_prefix("GET ")?.split(' ').next()?;
        self.redirect_uri.join(target).ok()
    }
}

async fn say(browser: &mut TcpStream, status: &str, text: &str) {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Parapet</title>\
         <body style=\"font: 1.1rem system-ui; margin: 4rem auto; max-width: 30rem\"><p>{text}</p></body></html>"
    );
    let length = page.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n{page}"
    );
    // Who has gone does not need an answer.
    let _ = browser.write_all(answer.as_bytes()).await;
    let _ = browser.shutdown().await;
}
