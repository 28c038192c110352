//! The CMS on this machine: its functions with their triggers, its table, its buckets, its API as a process, and what it
//! keeps from one start to the next.

mod data;
mod environment;
mod error;
mod settings;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use http::Uri;

use data::Data;
use environment::{
    ACCESS_KEY_ID, POOL_ARN, PREFIX, SECRET_ACCESS_KEY, aws_environment, inputs, more_environment,
};
pub use error::CmsError;
pub use settings::CmsSettings;

use super::{Site, aws_endpoint::AwsServices, first_site, gate_package::GatePackage};
use crate::{
    backend::{BackendSettings, Place, RunningBackend},
    bucket::{AccessKey, Bucket, BucketSettings, Buckets},
    clock::Clock,
    dynamodb::Records,
    function_host::{FunctionHost, HostSettings},
    functions::{Declared, Functions, FunctionsError, FunctionsSettings, InvokeApi},
    parameter_store::ParameterStore,
    pool::{PoolSettings, PostAuthentication, RunningPool},
};

/// The API's function, without the prefix.
const BACKEND: &str = "backend";

/// The CMS before the pool and the CDN are there.
pub(super) struct Prepared {
    settings: CmsSettings,
    data: Data,
    functions: Functions,
    pub(super) services: AwsServices,
    pub(super) site_bucket: Bucket,
    uploads: Bucket,
    endpoint: String,
}

/// The CMS while it runs.
#[derive(Debug)]
pub struct Cms {
    functions: Functions,
    backend: Option<RunningBackend>,
    services: AwsServices,
    records_table: String,
    data: Data,
}

impl Prepared {
    /// Takes what was kept, and the functions, for which AWS is at `endpoint`.
    pub(super) async fn new(
        settings: CmsSettings,
        site: &Site,
        site_url: &str,
        endpoint: String,
        clock: Clock,
    ) -> Result<Prepared, CmsError> {
        let data = Data::open(&settings)?;
        let declared = Declared::read(Declared::TEMPLATE, &inputs(site, site_url), PREFIX)?;
        let records = Records::kept_in(&data.of("records.jsonl"), declared.tables.iter().cloned())?;
        let parameters = ParameterStore::default();
        for (name, value) in &declared.parameters {
            parameters.put(name, value);
        }
        let site_bucket = Bucket::kept_in(&data.of("site-bucket"), site.bucket_settings(clock.clone()))?;
        let uploads = BucketSettings {
            name: declared.uploads.name.clone(),
            cors: declared.uploads.cors.clone(),
            signed_only: true,
            clock,
            ..BucketSettings::default()
        };
        let uploads = Bucket::kept_in(&data.of("uploads-bucket"), uploads)?;
        let key = AccessKey { id: ACCESS_KEY_ID.to_owned(), secret: SECRET_ACCESS_KEY.to_owned() };
        let buckets = Buckets::new([site_bucket.clone(), uploads.clone()], Some(key));
        let services = AwsServices { buckets, records, parameters, lambda: InvokeApi::default() };
        let functions = FunctionsSettings {
            environment: aws_environment(&endpoint),
            more_environment: more_environment(&settings),
            first_retry_after: settings.first_retry_after,
            copies_of_events: settings.copies_of_events,
            events_late_by: settings.events_late_by,
            schedule_every: settings.schedule_every,
            ..FunctionsSettings::new(&settings.functions)
        };
        let functions = Functions::start(declared, functions).await?;
        Ok(Prepared { settings, data, functions, services, site_bucket, uploads, endpoint })
    }

    /// The user pool's trigger.
    pub(super) fn post_authentication(&self) -> Option<PostAuthentication> {
        self.functions.post_authentication(POOL_ARN)
    }

    /// Where the pool keeps its people.
    pub(super) fn pool_state(&self) -> PathBuf {
        self.data.of("pool.json")
    }

    /// Sets the triggers up, starts the API, and publishes the first site if there is none yet. AWS's endpoint has to
    /// answer by now.
    pub(super) async fn start(
        self,
        site: &Site,
        site_url: &str,
        pool: &RunningPool,
        package: &GatePackage,
        place: Option<Place>,
    ) -> Result<Cms, CmsError> {
        self.functions.listen_to(&self.site_bucket, &site.notifications)?;
        self.functions.listen_to(&self.uploads, &self.functions.declared().uploads.notifications)?;
        let backend = match place {
            Some(place) => {
                let settings = self.backend_settings(site, site_url, pool, package);
                self.offer_backend(&settings).await?;
                Some(RunningBackend::start(settings, place).await?)
            }
            None => None,
        };
        if backend.is_some() {
            // They ask the API's function, which another API has not.
            self.functions.start_schedules()?;
        }
        if let (Some(backend), Some(folder)) = (&backend, &self.settings.first_site) {
            self.publish_first_site(folder, backend.uri(), pool).await?;
        }
        let records_table = self.functions.declared().records_table.clone();
        let Prepared { functions, services, data, .. } = self;
        Ok(Cms { functions, backend, services, records_table, data })
    }

    /// The API as a function, beside the process: what other functions call on AWS.
    async fn offer_backend(&self, settings: &BackendSettings) -> Result<(), CmsError> {
        let name = format!("{PREFIX}{BACKEND}");
        let host = HostSettings {
            function_name: name.clone(),
            handler: "bootstrap".to_owned(),
            region: "ap-southeast-1".to_owned(),
            memory_mb: 512,
            instances: 1,
            timeout: Duration::from_secs(900),
            extra_env: settings.environment.clone(),
            ..HostSettings::new(&settings.program, &self.data.root)
        };
        let host = FunctionHost::start(host).await;
        let host = host.map_err(|source| FunctionsError::Host { name: name.clone(), source })?;
        self.services.lambda.offer(&name, Arc::new(host));
        Ok(())
    }

    async fn publish_first_site(&self, folder: &Path, api: Uri, pool: &RunningPool) -> Result<(), CmsError> {
        let done = self.data.of("first-site.done");
        if done.exists() {
            return Ok(());
        }
        let token = pool.issue_tokens("admin", PoolSettings::LOCAL_CLIENT_ID, None)?.access_token;
        first_site::load(folder, api, &token, self.settings.say).await?;
        fs::write(&done, "").map_err(|source| CmsError::Data { path: done, source })
    }

    fn backend_settings(
        &self,
        site: &Site,
        site_url: &str,
        pool: &RunningPool,
        package: &GatePackage,
    ) -> BackendSettings {
        let declared = self.functions.declared();
        let database = self.settings.database_url.clone();
        let database = database.unwrap_or_else(|| format!("sqlite:{}", self.data.of("cms.db").display()));
        let mut environment = aws_environment(&self.endpoint);
        let own = [
            ("DATABASE_URL", database.as_str()),
            ("SITE_BUCKET", &site.bucket_name),
            ("UPLOADS_BUCKET", &declared.uploads.name),
            ("RECORDS_TABLE", &declared.records_table),
            ("ISSUER", pool.issuer()),
            ("CLIENT_IDS", PoolSettings::LOCAL_CLIENT_ID),
            ("JWKS_URI", &pool.jwks_uri()),
            ("ROUTES", package.routes()),
            ("SITE_URL", site_url),
            ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ];
        environment.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        environment.extend(self.settings.backend_environment.iter().cloned());
        BackendSettings { program: self.settings.backend.clone(), environment }
    }
}

impl Cms {
    /// The functions.
    #[must_use]
    pub fn functions(&self) -> &Functions {
        &self.functions
    }

    /// The API, unless it is another one.
    #[must_use]
    pub fn backend(&self) -> Option<&RunningBackend> {
        self.backend.as_ref()
    }

    /// S3, DynamoDB and Parameter Store.
    #[must_use]
    pub fn services(&self) -> &AwsServices {
        &self.services
    }

    /// The items of the table of records.
    #[must_use]
    pub fn records(&self) -> Vec<serde_json::Value> {
        self.services.records.items(&self.records_table)
    }

    /// The folder of what is kept.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data.root
    }

    pub(super) async fn stop(self) {
        if let Some(backend) = self.backend {
            backend.stop().await;
        }
        self.functions.stop().await;
        for function in self.services.lambda.take_back() {
            if let Some(host) = Arc::into_inner(function) {
                host.stop().await;
            }
        }
    }
}
