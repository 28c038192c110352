//! How long a deploy of 10,000 files takes of which 10 have changed: `make bench` runs it and puts its table into
//! BENCHMARKS.md. The bucket and the CDN are the local ones; what is measured is `parapet`'s own part.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ops::aws::{Cloud, Connection};
use ops::moment::Moment;
use ops::report::Report;
use ops::site::{Action, Deploy, SiteBucket};
use stack::bucket::Bucket;
use stack::cdn::{BoxFuture, CdnSettings, OriginTarget, RunningCdn, ViewerRequestFunction};
use stack::clock::Clock;
use stack::local::{AwsEndpoint, Site};
use stack::viewer_request::{DistributionName, ForwardedRequest, Outcome, ViewerRequest};
use tests::benchmarks::{spread, write_table};
use tests::{Failure, Journey};
use tokio::net::TcpListener;

const FILES: usize = 10_000;
const CHANGED: usize = 10;
const ROUNDS: usize = 7;

/// In the gate's place, which nobody visits here.
struct Nobody;

impl ViewerRequestFunction for Nobody {
    fn call(
        &self,
        viewer: ViewerRequest,
        _: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, stack::viewer_request::Failure>> {
        let ViewerRequest { uri, querystring, headers, .. } = viewer;
        let request = ForwardedRequest { uri, querystring, headers, body_replaced: None };
        Box::pin(async move { Ok(Outcome::Forward(request)) })
    }
}

#[tokio::main]
async fn main() -> Journey {
    let folder = tempfile::tempdir()?;
    for number in 0..FILES {
        write(folder.path(), number, "first")?;
    }
    let site = Site::local()?;
    let bucket = Bucket::with_settings(site.bucket_settings(Clock::system()));
    let origins = HashMap::from([
        ("site".to_owned(), OriginTarget::Bucket(bucket.clone())),
        ("api".to_owned(), OriginTarget::Http("http://127.0.0.1:9/".parse()?)),
    ]);
    let mut settings = CdnSettings::new(site.distribution, origins);
    settings.function = Some(Arc::new(Nobody));
    let cdn = RunningCdn::start(settings, free().await?, free().await?)?;
    let aws = AwsEndpoint::start(bucket, &cdn, free().await?)?;
    let connection = Connection { endpoint_url: Some(aws.url()), ..Connection::default() };
    let cloud = Cloud::load("us-east-1", &connection).await;
    let deploy = Deploy {
        folder: folder.path().to_owned(),
        site: SiteBucket::new(cloud.bucket("parapet-site"), "site"),
        distribution: cloud.distribution("E1LOCALPARAPET"),
        grace_hours: 24,
        adopt: false,
        precompress: true,
        patience: Duration::from_secs(60),
        rules: Vec::new(),
    };
    run(&deploy).await?;
    let (mut listing, mut whole, mut ratio) = (Vec::new(), Vec::new(), Vec::new());
    let mut counts = (0, 0);
    for round in 0..ROUNDS {
        for number in 0..CHANGED {
            write(folder.path(), number, &format!("round {round}"))?;
        }
        let (uploads, paths, seconds) = run(&deploy).await?;
        counts = (uploads, paths);
        let looked = seconds.scanning.max(seconds.listing);
        listing.push(seconds.listing);
        whole.push(looked + seconds.rest);
        ratio.push((looked + seconds.rest) / seconds.listing);
    }
    Ok(write_table("site", &table(counts, listing, whole, ratio))?)
}

/// Uploads, invalidated paths, and the times.
async fn run(deploy: &Deploy) -> Result<(usize, usize, ops::site::Seconds), Failure> {
    let silent = Report::on(true, Box::new(std::io::sink()), Box::new(std::io::sink()));
    let planned = deploy.plan(Moment::now(), &silent).await?;
    let (uploads, paths) = (planned.plan.count(Action::Upload), planned.plan.paths.len());
    Ok((uploads, paths, planned.apply(&silent).await?.seconds))
}

fn table(counts: (usize, usize), listing: Vec<f64>, whole: Vec<f64>, ratio: Vec<f64>) -> String {
    let verdict = |is_met| if is_met { "met" } else { "**missed**" };
    let cell = |figures| {
        let (median, least, most) = spread(figures);
        format!("{median:.2} ({least:.2}–{most:.2})")
    };
    let (uploads, paths) = counts;
    format!(
        "| `parapet deploy site`, {FILES} files, {CHANGED} changed | goal | measured | |\n|---|---|---|---|\n\
         | objects uploaded | {CHANGED} | {uploads} | {} |\n\
         | paths invalidated | {CHANGED}, what changed and no more | {paths} | {} |\n\
         | the whole deploy, s | bound by listing | {} | |\n\
         | of it listing the bucket and reading the manifest, s | | {} | |\n\
         | the whole to its listing | | {} | |\n",
        verdict(uploads == CHANGED),
        verdict(paths == CHANGED),
        cell(whole),
        cell(listing),
        cell(ratio),
    )
}

fn write(folder: &Path, number: usize, text: &str) -> std::io::Result<()> {
    let folder = folder.join(format!("{:02}", number % 100));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("{number}.html")), format!("page {number}, {text}"))
}

async fn free() -> std::io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0").await
}
