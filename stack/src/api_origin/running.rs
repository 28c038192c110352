//! The server, and the requests it remembers.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Body;
use bytes::BytesMut;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::net::TcpListener;

use super::SeenRequest;
use crate::http_server::HttpServer;

/// How many requests it remembers.
const REMEMBERED: usize = 1_000;

type Remembered = Arc<Mutex<VecDeque<SeenRequest>>>;

/// A running origin. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct RunningApiOrigin {
    server: HttpServer,
    seen: Remembered,
}

impl RunningApiOrigin {
    /// Answers every request on `listener` with 200 and what reached it, as JSON.
    ///
    /// # Errors
    /// When the listener cannot be served.
    pub fn start(listener: TcpListener) -> io::Result<Self> {
        let seen = Remembered::default();
        let remembered = Arc::clone(&seen);
        let server = HttpServer::start(listener, move |request, _| answer(request, Arc::clone(&remembered)))?;
        Ok(Self { server, seen })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    /// The last requests, oldest first, a thousand at most.
    #[must_use]
    pub fn seen(&self) -> Vec<SeenRequest> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Stops listening and closes every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

async fn answer(request: Request<Incoming>, remembered: Remembered) -> Response<Body> {
    let (parts, mut body) = request.into_parts();
    let (mut kept, mut length) = (BytesMut::new(), 0_u64);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return status(StatusCode::BAD_REQUEST) };
        if let Ok(data) = frame.into_data() {
            length += data.len() as u64;
            if kept.len() <= SeenRequest::KEPT_BODY {
                kept.extend_from_slice(&data);
            }
        }
    }
    let seen = SeenRequest::new(&parts, &kept.freeze(), length);
    let Ok(json) = serde_json::to_vec_pretty(&seen) else { return status(StatusCode::INTERNAL_SERVER_ERROR) };
    let mut all = remembered.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() == REMEMBERED {
        all.pop_front();
    }
    all.push_back(seen);
    drop(all);
    let mut response = Response::new(Body::from(json));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
