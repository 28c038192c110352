//! The Lambda Runtime API: the same router, behind an HTTP API.

use axum::Router;

/// Whether this process is a Lambda function's.
pub(crate) fn is_here() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// Answers events until the environment is ended.
pub(crate) async fn serve(router: Router) -> anyhow::Result<()> {
    lambda_http::run(router).await.map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
}
