//! The Lambda Runtime API: the same router, behind an HTTP API.

use axum::http::StatusCode;
use axum::routing::post;
use backend::http::Api;

/// Whether this process is a Lambda function's.
pub(crate) fn is_here() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// Answers events until the environment is ended.
pub(crate) async fn serve(api: Api) -> anyhow::Result<()> {
    // No HTTP API has a route to it: the function `publish-due` asks for it each minute, by its permission to invoke this one.
    let router = api.router().route("/publish-due", post(move || do_what_is_due(api.clone())));
    lambda_http::run(router).await.map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
}

async fn do_what_is_due(api: Api) -> StatusCode {
    if let Err(error) = api.publisher.renew().await {
        tracing::warn!(%error, "the theme is not looked at");
    }
    api.advance().await;
    StatusCode::NO_CONTENT
}
