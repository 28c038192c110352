//! The program `backend`: the API as a server, or as a Lambda function where the Lambda Runtime API is there.
//!
//! `backend` serves, `backend migrate` brings the database to this program's tables, `backend openapi` prints the
//! description of the API.

mod shell;

use std::io::Write as _;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use aws_config::SdkConfig;
use backend::http::{Api, Driver, KeyRing, Parts, Verifier};
use backend::media::Uploads;
use backend::publishing::{Publisher, PublisherParts};
use backend::records::{DynamoDb, Records};
use backend::settings::{Keys, Settings};
use backend::store::{Passwords, Store};
use backend::theme::Theme;

/// Memory that is freed goes back to the system sooner, and threads contend less.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) if shell::lambda::migrates() => run(migrate_when_asked()),
        (None, _) => run(serve()),
        (Some("migrate"), None) => run(migrate()),
        (Some("openapi"), None) => print_description(),
        (Some(other), _) => bail!("{other:?} is not known, expected nothing, migrate or openapi"),
    }
}

/// Two threads are what the machine has and what a function gets; each has its own memory.
fn run(program: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    shell::log::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.context("the runtime did not start")?.block_on(program)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn serve() -> anyhow::Result<()> {
    let settings = Settings::read(variable)?;
    let listen = settings.listen;
    let on_lambda = shell::lambda::is_here();
    let aws = shell::aws::configuration().await;
    let store =
        Store::open_with(&settings.database, shell::ambient::ambient(), Some(passwords(&aws))).await?;
    let api = api(settings, store.clone(), &aws, on_lambda)?;
    if on_lambda {
        return shell::lambda::serve(api).await;
    }
    let publisher = Arc::clone(&api.publisher);
    let tasks = [
        tokio::spawn(async move {
            publisher.run().await;
        }),
        tokio::spawn({
            let api = api.clone();
            async move { api.look_after().await }
        }),
    ];
    let served = shell::server::serve(api.router(), listen).await;
    for task in tasks {
        task.abort();
    }
    store.close().await;
    served
}

fn api(settings: Settings, store: Store, aws: &SdkConfig, on_lambda: bool) -> anyhow::Result<Api> {
    let ambient = shell::ambient::ambient();
    let records: Arc<dyn Records> =
        Arc::new(DynamoDb::new(shell::aws::dynamodb(aws), settings.records_table.as_str()));
    let theme = Theme::load(settings.theme_dir.as_deref())?;
    let audiences = settings.audiences.clone();
    let publisher = Publisher::new(PublisherParts {
        catalogue: Arc::new(store.clone()),
        bucket: Arc::new(delivery::Bucket::new(shell::aws::s3(aws), settings.site_bucket.as_str())),
        records: Arc::clone(&records),
        theme: Arc::new(theme),
        audience: Arc::new(move |path: &str| audiences.of(path)),
        origin: settings.site_url.clone(),
        ambient: ambient.clone(),
    });
    let keys = match settings.keys {
        Keys::Baked(keys) => KeyRing::baked(keys),
        Keys::At(uri) => KeyRing::fetched(shell::pool_keys::fetch(uri)),
    };
    let verifier = Verifier {
        user_pool: settings.user_pool,
        more_clients: settings.more_clients,
        keys,
        groups: settings.groups,
    };
    Ok(Api::new(Parts {
        verifier,
        ambient,
        audiences: settings.audiences,
        records,
        store,
        publisher: Arc::new(publisher),
        driver: if on_lambda { Driver::Request } else { Driver::Background },
        uploads: Uploads::new(shell::aws::s3(aws), settings.uploads_bucket),
        origin_secrets: settings.origin_secrets,
        log: Box::new(shell::log::metrics),
    }))
}

async fn migrate() -> anyhow::Result<()> {
    let database = Settings::read_database(variable)?;
    let aws = shell::aws::configuration().await;
    Store::migrate_with(&database, Some(passwords(&aws))).await?;
    tracing::info!("the database is up to date");
    Ok(())
}

async fn migrate_when_asked() -> anyhow::Result<()> {
    let database = Settings::read_database(variable)?;
    let aws = shell::aws::configuration().await;
    shell::lambda::migrate(database, passwords(&aws)).await
}

/// They are made only where the address of the database asks for them.
fn passwords(aws: &SdkConfig) -> Passwords {
    shell::database_password::passwords(aws, shell::ambient::ambient())
}

fn print_description() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &backend::http::document())?;
    writeln!(out)?;
    Ok(())
}
