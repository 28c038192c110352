//! HTTP client for the user pool, with one kept connection.
//!
//! One connection is kept warm between events and used again for the same server: a sign-in or a renewal then
//! costs one round trip instead of four. It is dropped when it is old, since the server may have
//! closed it while the instance was frozen.

use std::time::{Duration, Instant};

use bytes::Bytes;
use gate::pool_call::{CallFailure, PoolAnswer, PoolCall};
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout_at;

use super::ambient;
use super::tls::Tls;

/// The timeout of an exchange. Lambda@Edge once gave a viewer-request function five seconds.
const EXCHANGE_TIME: Duration = Duration::from_secs(4);

/// The idle timeout of the kept connection.
const IDLE_TIME: Duration = Duration::from_secs(20);

/// The longest answer that is read, in bytes: tokens are about 5,000, a JWKS is about 1,000.
const MAX_BODY: usize = 65_536;

/// A client that keeps one connection.
#[derive(Default)]
pub(super) struct PoolClient {
    tls: Tls,
    kept: Option<Kept>,
}

struct Kept {
    authority: String,
    sender: SendRequest<Full<Bytes>>,
    used_at: Instant,
}

impl PoolClient {
    /// When an exchange that began at `started` must be over.
    pub(super) fn deadline(&self, started: Instant) -> Instant {
        started + EXCHANGE_TIME
    }

    /// Asks, and waits for the whole answer until the deadline.
    pub(super) async fn call(&mut self, call: &PoolCall, deadline: Instant) -> PoolAnswer {
        match timeout_at(deadline.into(), self.send(call)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(failure)) => PoolAnswer::Failed(failure),
            Err(_) => PoolAnswer::Failed(CallFailure::TimedOut),
        }
    }

    async fn send(&mut self, call: &PoolCall) -> Result<PoolAnswer, CallFailure> {
        let mut sender = match self.kept_for(call) {
            Some(sender) => sender,
            None => self.connect(call).await?,
        };
        let response = match sender.try_send_request(request(call)?).await {
            Ok(response) => response,
            // The server closed the kept connection before it saw anything of the request: a new one may carry it.
            Err(mut error) => match error.take_message() {
                Some(request) => {
                    sender = self.connect(call).await?;
                    sender.send_request(request).await.map_err(failure_of)?
                }
                None => return Err(failure_of(error.into_error())),
            },
        };
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MAX_BODY);
        let body = body.collect().await.map_err(|error| {
            if error.is::<http_body_util::LengthLimitError>() {
                CallFailure::TooLong
            } else {
                CallFailure::Connection
            }
        })?;
        self.keep(call, sender);
        Ok(PoolAnswer::Answered { status, body: body.to_bytes().to_vec() })
    }

    /// The kept connection, if it is one to this server and still fresh. It is taken out: whatever fails in the
    /// middle leaves no connection behind that is in an unknown state.
    fn kept_for(&mut self, call: &PoolCall) -> Option<SendRequest<Full<Bytes>>> {
        let is_usable = |kept: &Kept| {
            kept.authority == authority(call)
                && !kept.sender.is_closed()
                && kept.used_at.elapsed() < IDLE_TIME
        };
        self.kept.take_if(|kept| is_usable(kept)).map(|kept| kept.sender)
    }

    fn keep(&mut self, call: &PoolCall, sender: SendRequest<Full<Bytes>>) {
        if sender.is_closed() {
            return;
        }
        self.kept = Some(Kept { authority: authority(call), sender, used_at: ambient::instant() });
    }

    async fn connect(&mut self, call: &PoolCall) -> Result<SendRequest<Full<Bytes>>, CallFailure> {
        let url = &call.url;
        let tcp = TcpStream::connect((url.host(), url.port())).await.map_err(|_| CallFailure::Connection)?;
        tcp.set_nodelay(true).map_err(|_| CallFailure::Connection)?;
        if url.is_https() { speak(self.tls.connect(url.host(), tcp).await?).await } else { speak(tcp).await }
    }
}

async fn speak<S>(stream: S) -> Result<SendRequest<Full<Bytes>>, CallFailure>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(failure_of)?;
    // Ends by itself when either side closes the connection.
    tokio::spawn(connection);
    Ok(sender)
}

fn request(call: &PoolCall) -> Result<Request<Full<Bytes>>, CallFailure> {
    let mut request = Request::builder()
        .uri(call.url.path())
        .header(header::HOST, call.url.authority())
        .header(header::ACCEPT, "application/json");
    if let Some(authorization) = &call.authorization {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    let body = match &call.form {
        Some(form) => {
            request = request
                .method(Method::POST)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            Bytes::from(form.clone())
        }
        None => Bytes::new(),
    };
    request.body(Full::new(body)).map_err(|_| CallFailure::Protocol)
}

fn authority(call: &PoolCall) -> String {
    format!("{}://{}", if call.url.is_https() { "https" } else { "http" }, call.url.authority())
}

fn failure_of(error: hyper::Error) -> CallFailure {
    if error.is_parse() { CallFailure::Protocol } else { CallFailure::Connection }
}
