//! As much of AWS as the program asks for at its start: a table that knows nothing and buckets that take everything.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use tokio::net::TcpListener;

/// Serves on a port of its own until the test ends; the address.
pub(crate) async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

async fn answer(method: Method, headers: HeaderMap) -> Response<Body> {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (kind, body) = match (target.rsplit('.').next().unwrap_or_default(), &method) {
        ("GetItem", _) => ("application/x-amz-json-1.0", "{}"),
        ("Query", _) => ("application/x-amz-json-1.0", r#"{"Items":[],"Count":0,"ScannedCount":0}"#),
        (_, &Method::POST) => ("application/xml", "<DeleteResult/>"),
        (_, &Method::GET) => ("application/xml", "<ListBucketResult/>"),
        _ => ("application/xml", ""),
    };
    let response = Response::builder().status(StatusCode::OK).header(header::CONTENT_TYPE, kind);
    response.header(header::ETAG, "\"e\"").body(Body::from(body)).unwrap()
}
