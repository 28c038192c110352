//! An AWS service that answers what it is told to, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, Response, StatusCode, Uri};
use tokio::net::TcpListener;

/// An answer: its status, its headers and its body.
#[derive(Clone, Default)]
pub(super) struct Scripted {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) body: String,
}

impl Scripted {
    /// A request that is taken and never answered.
    pub(super) fn silence() -> Scripted {
        Scripted::default()
    }
}

#[derive(Clone, Default)]
pub(super) struct StandIn {
    answers: Arc<Mutex<VecDeque<Scripted>>>,
    asked: Arc<Mutex<Vec<(Method, Uri, Bytes)>>>,
}

impl StandIn {
    /// Starts one that gives these answers, the last one again and again; and where it is.
    pub(super) async fn start(answers: impl IntoIterator<Item = Scripted>) -> (StandIn, String) {
        let stand_in =
            StandIn { answers: Arc::new(Mutex::new(answers.into_iter().collect())), ..StandIn::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (stand_in, url)
    }

    fn next(&self) -> Option<Scripted> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() }
    }

    /// What it was asked, oldest first.
    pub(super) fn asked(&self) -> Vec<(Method, Uri, Bytes)> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn answer(State(stand_in): State<StandIn>, method: Method, uri: Uri, body: Bytes) -> Response<Body> {
    stand_in.asked.lock().unwrap_or_else(PoisonError::into_inner).push((method, uri, body));
    let next = stand_in.next();
    if next.as_ref().is_some_and(|next| next.status == 0) {
        std::future::pending::<()>().await;
    }
    let Some(Scripted { status, headers, body }) = next else {
        return Response::builder().status(StatusCode::NOT_IMPLEMENTED).body(Body::empty()).unwrap();
    };
    let answer = headers
        .into_iter()
        .fold(Response::builder().status(status), |answer, (name, value)| answer.header(name, value));
    answer.body(Body::from(body)).unwrap()
}
