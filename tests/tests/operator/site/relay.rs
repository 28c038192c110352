//! A relay in front of the AWS endpoint that counts the requests and cuts the line at one of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;

use super::ground::listener;

/// What happens at the request with a number, counted from 1, and to each one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It never arrives; whoever waits for it is told by [`Relay::cut`], and waits forever.
    NeverArrives(usize),
    /// It arrives, but its answer never comes back.
    AnswerLost(usize),
    /// It does not arrive and is answered with an error.
    Fails(usize),
    /// It is held until [`Relay::release`]; [`Relay::cut`] tells when it came.
    Held(usize),
}

pub(crate) struct Relay {
    url: String,
    seen: Arc<Seen>,
    server: JoinHandle<()>,
}

struct Seen {
    to: String,
    fault: Fault,
    count: AtomicUsize,
    listings: AtomicUsize,
    puts: AtomicUsize,
    cut: Notify,
    released: Semaphore,
    client: Client<HttpConnector, Body>,
}

impl Relay {
    pub(crate) async fn to(endpoint: &str, fault: Fault) -> Relay {
        let seen = Arc::new(Seen {
            to: endpoint.to_owned(),
            fault,
            count: AtomicUsize::new(0),
            listings: AtomicUsize::new(0),
            puts: AtomicUsize::new(0),
            cut: Notify::new(),
            released: Semaphore::new(0),
            client: Client::builder(TokioExecutor::new()).build_http(),
        });
        let listener = listener().await;
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(relay).with_state(Arc::clone(&seen));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Relay { url, seen, server }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Until the request with the number came.
    pub(crate) async fn cut(&self) {
        self.seen.cut.notified().await;
    }

    /// Lets the held requests go on, and all after them.
    pub(crate) fn release(&self) {
        self.seen.released.close();
    }

    pub(crate) fn listings(&self) -> usize {
        self.seen.listings.load(Ordering::SeqCst)
    }

    pub(crate) fn puts(&self) -> usize {
        self.seen.puts.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> usize {
        self.seen.count.load(Ordering::SeqCst)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn relay(State(seen): State<Arc<Seen>>, request: Request) -> Response {
    let number = seen.count.fetch_add(1, Ordering::SeqCst) + 1;
    let query = request.uri().query().unwrap_or_default();
    if query.contains("list-type=2") {
        seen.listings.fetch_add(1, Ordering::SeqCst);
    }
    if request.method() == http::Method::PUT {
        seen.puts.fetch_add(1, Ordering::SeqCst);
    }
    match seen.fault {
        Fault::NeverArrives(at) if number >= at => {}
        Fault::AnswerLost(at) if number > at => {}
        Fault::AnswerLost(at) if number == at => drop(forward(&seen, request).await),
        Fault::Fails(at) if number >= at => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            return response;
        }
        Fault::Held(at) if number >= at => {
            seen.cut.notify_one();
            // Nobody gives permits: it ends when the semaphore is closed.
            assert!(seen.released.acquire().await.is_err());
            return forward(&seen, request).await;
        }
        _ => return forward(&seen, request).await,
    }
    seen.cut.notify_one();
    std::future::pending().await
}

async fn forward(seen: &Seen, mut request: Request) -> Response {
    let path = request.uri().path_and_query().unwrap().as_str();
    *request.uri_mut() = format!("{}{path}", seen.to).parse().unwrap();
    seen.client.request(request).await.unwrap().map(Body::new)
}
