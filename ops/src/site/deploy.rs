//! One deploy of a site, from the folder to the invalidation.

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use delivery::{Batch, Distribution, Invalidation, InvalidationPath, Patience, Reference, Target};
use serde::Serialize;
use tokio::time::{Instant, sleep};

use super::apply;
use super::error::SiteError;
use super::folder::{LocalFile, Scan, scan};
use super::header_rule::HeaderRule;
use super::lease::{Lease, RENEWAL, Running};
use super::manifest::{Journal, Manifest, PastDeploy};
use super::manifest_store::{ManifestStore, SiteBucket};
use super::plan::{Findings, Plan};
use super::step::Action;
use crate::invalidation::{self, Cost};
use crate::moment::{Moment, random};
use crate::report::Report;

/// What to deploy, and where to.
pub struct Deploy {
    /// The folder with the site's files.
    pub folder: PathBuf,
    /// Where they go.
    pub site: SiteBucket,
    /// The distribution in front of them.
    pub distribution: Distribution,
    /// How long an object stays after its file has gone, in hours.
    pub grace_hours: u32,
    /// Whether objects that no deploy has put there may be replaced.
    pub adopt: bool,
    /// Whether hashed code and styles are stored compressed.
    pub precompress: bool,
    /// How long CloudFront's passing trouble is waited out. What is deployed is live without its leave.
    pub patience: Duration,
    /// What the operator says of files by their paths.
    pub rules: Vec<HeaderRule>,
}

/// How long the parts of a deploy took. Scanning and listing run side by side.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Seconds {
    /// Reading and hashing the folder.
    pub scanning: f64,
    /// Reading the manifest and listing the bucket.
    pub listing: f64,
    /// Planning, uploading, removing, and asking for the invalidation.
    pub rest: f64,
}

/// A plan with all that is needed to carry it out.
pub struct Planned<'a> {
    /// What will be done.
    pub plan: Plan,
    /// The files of the folder.
    pub files: Vec<LocalFile>,
    /// What of the folder is not deployed.
    pub left_out: Vec<String>,
    deploy: &'a Deploy,
    store: ManifestStore,
    manifest: Manifest,
    now: Moment,
    seconds: Seconds,
}

/// What a deploy has done.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// The deploy's id, for `parapet invalidate --since`; none where there was nothing to do.
    pub id: Option<String>,
    /// The invalidation, where there is one.
    pub invalidation: Option<Invalidation>,
    /// What it costs.
    pub cost: Cost,
    /// How long it took.
    pub seconds: Seconds,
}

impl Deploy {
    /// Looks at the folder and the bucket, and decides; nothing is changed.
    ///
    /// # Errors
    ///
    /// When the folder, the manifest or the listing cannot be read.
    pub async fn plan(&self, now: Moment, report: &Report) -> Result<Planned<'_>, SiteError> {
        let _looking =
            report.waiting(format_args!("reading {} and {}", self.folder.display(), self.site.address()));
        let files = timed(scan(&self.folder, self.precompress, &self.rules));
        // The manifest before the listing: a deploy that ends between the two is noticed when the journal is written.
        let bucket = timed(async {
            let (store, manifest) = ManifestStore::read(&self.site).await?;
            Ok::<_, SiteError>((store, manifest, self.site.list().await?))
        });
        let ((files, scanning), (bucket, listing)) = tokio::join!(files, bucket);
        let (Scan { files, left_out }, (store, manifest, listed)) = (files?, bucket?);
        let (plan, rest) = timed(async {
            Plan::new(&Findings {
                files: &files,
                listing: &listed,
                manifest: &manifest,
                now,
                grace_seconds: i64::from(self.grace_hours) * 3_600,
                adopt: self.adopt,
                etags_are_digests: store.etags_are_digests(),
            })
        })
        .await;
        let seconds = Seconds { scanning, listing, rest };
        Ok(Planned { plan, files, left_out, deploy: self, store, manifest, now, seconds })
    }
}

impl Deploy {
    async fn invalidate(
        &self,
        paths: Vec<InvalidationPath>,
        reference: String,
        report: &Report,
    ) -> Result<Option<Invalidation>, SiteError> {
        if paths.is_empty() {
            return Ok(None);
        }
        let batch = Batch { reference, targets: paths.into_iter().map(Target::Path).collect() };
        Ok(Some(
            invalidation::create(&self.distribution, &batch, Patience::lasting(self.patience), report)
                .await?,
        ))
    }
}

impl Planned<'_> {
    /// Carries the plan out, up to asking for the invalidation. Interrupted anywhere, the next deploy heals it.
    ///
    /// # Errors
    ///
    /// When objects of others stand in the way (then nothing is done), when a call fails, or somebody else deploys.
    pub async fn apply(self, report: &Report) -> Result<Deployed, SiteError> {
        if let Some(journal) = &self.manifest.journal
            && let Some(lease) =
                journal.lease.as_ref().filter(|lease| lease.is_held(&journal.id, Moment::now()))
        {
            let (id, holder, until) = (journal.id.clone(), lease.holder.clone(), lease.until);
            return Err(SiteError::Running { id, holder, until });
        }
        let conflicts = self.plan.conflicts();
        if !conflicts.is_empty() {
            return Err(SiteError::InTheWay(conflicts));
        }
        let (seconds, cost) = (self.seconds, Cost { paths: self.plan.paths.len() });
        let (done, rest) = timed(self.carry_out(report)).await;
        let (id, invalidation) = done?;
        Ok(Deployed { id, invalidation, cost, seconds: Seconds { rest: seconds.rest + rest, ..seconds } })
    }

    async fn carry_out(
        mut self,
        report: &Report,
    ) -> Result<(Option<String>, Option<Invalidation>), SiteError> {
        if self.plan.is_empty() {
            return Ok((None, None));
        }
        let changes_nothing = self.plan.uploads.is_empty() && self.plan.removals.is_empty();
        if changes_nothing && self.plan.paths.is_empty() {
            // Files have gone or come back: that is remembered, and no deploy.
            self.remember(None).await?;
            return Ok((None, None));
        }
        let salt = random::<8>()?;
        let id = format!("{}-{}", self.now.compact(), super::hashing::hex(salt.get(..2).unwrap_or_default()));
        let fresh = || Reference::new(salt).of(&self.plan.paths);
        let reference = self.plan.reference.clone().unwrap_or_else(fresh);
        let prepared = apply::prepare(std::mem::take(&mut self.plan.uploads), report).await?;
        let journal = Journal {
            id: id.clone(),
            began: self.now,
            uploads: prepared.iter().map(apply::Prepared::planned).collect(),
            paths: self.plan.paths.clone(),
            reference: reference.clone(),
            lease: Some(Lease::of_this_process(Moment::now())),
        };
        let _running = Running::begin(&id);
        self.remember(Some(journal.clone())).await?;
        let (deploy, removals, paths) = (self.deploy, self.plan.removals.clone(), self.plan.paths.clone());
        let work = async {
            let uploaded = apply::upload(&deploy.site, prepared, report).await?;
            apply::remove(&deploy.site, &removals, report).await?;
            Ok((uploaded, deploy.invalidate(paths, reference, report).await?))
        };
        let (uploaded, invalidation) = self.under_lease(journal, work).await?;
        self.plan.objects.extend(uploaded);
        for key in &self.plan.removals {
            self.plan.objects.remove(key);
        }
        self.manifest.note(PastDeploy {
            id: id.clone(),
            at: Moment::now(),
            uploaded: self.plan.count(Action::Upload),
            removed: self.plan.count(Action::Remove),
            kept: self.plan.count(Action::Keep),
            paths: self.plan.paths.clone(),
        });
        self.remember(None).await?;
        Ok((Some(id), invalidation))
    }

    async fn remember(&mut self, journal: Option<Journal>) -> Result<(), SiteError> {
        let manifest =
            Manifest { objects: self.plan.objects.clone(), journal, history: self.manifest.history.clone() };
        self.store.write(&manifest).await
    }

    /// Works, and renews the journal's lease until that is done.
    async fn under_lease<T>(
        &mut self,
        mut journal: Journal,
        work: impl Future<Output = Result<T, SiteError>>,
    ) -> Result<T, SiteError> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                () = sleep(RENEWAL) => {}
            }
            journal.lease = Some(Lease::of_this_process(Moment::now()));
            self.remember(Some(journal.clone())).await?;
        }
    }
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let begun = Instant::now();
    let done = work.await;
    (done, begun.elapsed().as_secs_f64())
}
