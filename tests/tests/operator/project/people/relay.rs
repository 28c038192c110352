//! A relay in front of moto that keeps what Cognito is asked, and answers in its place.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What every call to Cognito names before its action.
const COGNITO: &str = "AWSCognitoIdentityProviderService.";

pub(super) struct Relay {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    to: String,
    client: Client<HttpConnector, Body>,
    seen: Mutex<Vec<(String, Value)>>,
    /// By action: how often still, the status and the body.
    answers: Mutex<BTreeMap<String, (usize, u16, Value)>>,
}

impl Relay {
    pub(super) async fn to(endpoint: &str) -> Relay {
        let shared = Arc::new(Shared {
            to: endpoint.to_owned(),
            client: Client::builder(TokioExecutor::new()).build_http(),
            seen: Mutex::default(),
            answers: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(relay).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Relay { url, shared, server }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Answers the next calls of an action itself.
    pub(super) fn answer(&self, action: &str, times: usize, status: u16, body: &Value) {
        self.shared.answers.lock().unwrap().insert(action.to_owned(), (times, status, body.clone()));
    }

    /// Refuses the next calls of an action with this code, as Cognito does.
    pub(super) fn refuse(&self, action: &str, times: usize, code: &str) {
        self.answer(action, times, 400, &json!({ "__type": code, "message": "so it is" }));
    }

    /// What an action was asked with, each time.
    pub(super) fn bodies(&self, action: &str) -> Vec<Value> {
        let seen = self.shared.seen.lock().unwrap();
        seen.iter().filter(|(seen, _)| seen == action).map(|(_, body)| body.clone()).collect()
    }

    /// How many calls were made that change something.
    pub(super) fn changes(&self) -> usize {
        let is_change = |action: &str| {
            action.starts_with("Admin") && !matches!(action, "AdminGetUser" | "AdminListGroupsForUser")
        };
        self.shared.seen.lock().unwrap().iter().filter(|(action, _)| is_change(action)).count()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn relay(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let target = head.headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    if let Some(action) = target.and_then(|target| target.strip_prefix(COGNITO)) {
        shared.seen.lock().unwrap().push((action.to_owned(), serde_json::from_slice(&body).unwrap()));
        if let Some((left, status, answer)) = shared.answers.lock().unwrap().get_mut(action)
            && *left > 0
        {
            *left -= 1;
            let mut response = Response::new(Body::from(answer.to_string()));
            *response.status_mut() = StatusCode::from_u16(*status).unwrap();
            return response;
        }
    }
    let mut request = Request::from_parts(head, Body::from(body));
    let path = request.uri().path_and_query().unwrap().as_str();
    *request.uri_mut() = format!("{}{path}", shared.to).parse().unwrap();
    shared.client.request(request).await.unwrap().map(Body::new)
}
