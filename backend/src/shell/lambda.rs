//! The Lambda Runtime API: the same router, behind an HTTP API; and the migrations, which the operator asks for.

use axum::http::StatusCode;
use axum::routing::post;
use backend::http::Api;
use backend::store::{Passwords, Store};
use lambda_http::{Error, LambdaEvent, service_fn};
use serde::de::IgnoredAny;

/// What the operator is told.
const MIGRATED: &str = "the database is up to date";

/// Whether this process is a Lambda function's.
pub(crate) fn is_here() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// Whether the function is there to migrate the database: its handler's name says so.
pub(crate) fn migrates() -> bool {
    is_here() && std::env::var_os("_HANDLER").is_some_and(|handler| handler == "migrate")
}

/// Migrates at each event, until the environment is ended.
pub(crate) async fn migrate(database: String, passwords: Passwords) -> anyhow::Result<()> {
    let answer = |_: LambdaEvent<IgnoredAny>| async {
        Store::migrate_with(&database, Some(passwords.clone())).await?;
        tracing::info!("the database is up to date");
        Ok::<_, Error>(MIGRATED)
    };
    let ended = lambda_http::lambda_runtime::run(service_fn(answer)).await;
    ended.map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
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
