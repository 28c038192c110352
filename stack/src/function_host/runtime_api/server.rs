//! The four endpoints on the wire.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::reply::{self, Reply};
use super::{Desk, Signal, Turn};
use crate::function_host::{InvokeError, PAYLOAD_LIMIT};

/// Serves until the task is aborted, which closes every connection.
pub(super) async fn serve(listener: TcpListener, desk: Arc<Desk>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _peer)) => {
                    connections.spawn(connection(stream, Arc::clone(&desk)));
                }
                Err(error) => tracing::warn!(%error, "runtime api could not accept a connection"),
            },
            Some(_ended) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, desk: Arc<Desk>) {
    // Without it an answer waits for the acknowledgement of its own head.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { Ok::<_, Infallible>(route(&desk, request).await) }
    });
    if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
        // The usual end of a process that waits for an event.
        tracing::trace!(%error, "runtime api connection broke");
    }
}

async fn route(desk: &Desk, request: Request<Incoming>) -> Reply {
    let (head, body) = request.into_parts();
    let segments: Vec<&str> = head.uri.path().split('/').skip(1).collect();
    let error_type = || {
        let header = head.headers.get("lambda-runtime-function-error-type")?;
        header.to_str().ok().map(str::to_owned)
    };
    match (&head.method, segments.as_slice()) {
        (&Method::GET, ["2018-06-01", "runtime", "invocation", "next"]) => next(desk).await,
        (&Method::POST, ["2018-06-01", "runtime", "invocation", id, "response"]) => {
            response(desk, id, body).await
        }
        (&Method::POST, ["2018-06-01", "runtime", "invocation", id, "error"]) => {
            error(desk, id, error_type(), body).await
        }
        (&Method::POST, ["2018-06-01", "runtime", "init", "error"]) => {
            init_error(desk, error_type(), body).await
        }
        _ => reply::error(StatusCode::NOT_FOUND, "NotFound"),
    }
}

async fn next(desk: &Desk) -> Reply {
    if desk.is_busy() {
        return reply::error(StatusCode::FORBIDDEN, "InvalidStateTransition");
    }
    let (turn, event) = oneshot::channel();
    if desk.signals.send(Signal::Next(Turn(Some(turn)))).await.is_err() {
        return reply::error(StatusCode::GONE, "ShuttingDown");
    }
    match event.await {
        Ok(invocation) => {
            desk.delivered();
            reply::event(invocation, desk.arn.clone())
        }
        Err(_stopped) => reply::error(StatusCode::GONE, "ShuttingDown"),
    }
}

async fn response(desk: &Desk, id: &str, body: Incoming) -> Reply {
    let (result, reply) = match read(body).await {
        Ok(answer) => (Ok(answer), reply::accepted()),
        Err(Unread::TooLarge) => (
            Err(InvokeError::AnswerTooLarge { limit: PAYLOAD_LIMIT }),
            reply::error(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge"),
        ),
        // The process is ending; the host learns it from the process itself.
        Err(Unread::Broken) => return reply::error(StatusCode::BAD_REQUEST, "InvalidRequest"),
    };
    if desk.answer(id, result) { reply } else { unknown_request() }
}

async fn error(desk: &Desk, id: &str, header: Option<String>, body: Incoming) -> Reply {
    let (error_type, message) = describe(header, body).await;
    let known = desk.answer(id, Err(InvokeError::Function { error_type, message }));
    if known { reply::accepted() } else { unknown_request() }
}

async fn init_error(desk: &Desk, header: Option<String>, body: Incoming) -> Reply {
    let (error_type, message) = describe(header, body).await;
    match desk.signals.send(Signal::InitError { error_type, message }).await {
        Ok(()) => reply::accepted(),
        Err(_stopped) => reply::error(StatusCode::GONE, "ShuttingDown"),
    }
}

fn unknown_request() -> Reply {
    reply::error(StatusCode::BAD_REQUEST, "InvalidRequestID")
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ErrorDocument {
    error_type: Option<String>,
    error_message: Option<String>,
}

/// The body says more than the header, which most runtimes set to "Unhandled"; neither is certain to be there.
async fn describe(header: Option<String>, body: Incoming) -> (String, String) {
    let body = read(body).await.unwrap_or_default();
    let document: ErrorDocument = serde_json::from_slice(&body).unwrap_or_default();
    let error_type = document.error_type.or(header).unwrap_or_else(|| "Unknown".to_owned());
    (error_type, document.error_message.unwrap_or_default())
}

enum Unread {
    TooLarge,
    Broken,
}

async fn read(body: Incoming) -> Result<Bytes, Unread> {
    match Limited::new(body, PAYLOAD_LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Unread::TooLarge),
        Err(_broken) => Err(Unread::Broken),
    }
}
