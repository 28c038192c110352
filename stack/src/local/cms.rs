//! The CMS on this machine: its functions with their triggers, its table, its buckets, its API as a process, and what it
//! keeps from one start to the next.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use http::Uri;
use tempfile::TempDir;

use super::{
    Site,
    aws_endpoint::AwsServices,
    first_site::{self, FirstSiteError},
    gate_package::GatePackage,
};
use crate::{
    backend::{BackendError, BackendSettings, Place, RunningBackend},
    bucket::{self, AccessKey, Bucket, BucketSettings, Buckets},
    clock::Clock,
    dynamodb::{self, Records},
    function_host::{FunctionHost, HostSettings},
    functions::{Declared, DeclaredError, Functions, FunctionsError, FunctionsSettings, InvokeApi},
    parameter_store::ParameterStore,
    pool::{IssueError, PoolSettings, PostAuthentication, RunningPool},
    template::Inputs,
};

/// What names begin with.
const PREFIX: &str = "parapet-local-";
/// The API's function, without the prefix.
const BACKEND: &str = "backend";
/// The user pool, as permissions name it.
const POOL_ARN: &str = "arn:aws:cognito-idp:local:000000000000:userpool/local_EXAMPLE";
/// Whose requests AWS's endpoint takes for signed.
const ACCESS_KEY_ID: &str = "AKIALOCALPARAPET0000";
const SECRET_ACCESS_KEY: &str = "local-secret-of-no-use-elsewhere";

/// What can be set about the CMS.
#[derive(Clone, Debug)]
pub struct CmsSettings {
    /// The API's binary.
    pub backend: PathBuf,
    /// The functions' binaries: a folder for each.
    pub functions: PathBuf,
    /// Where everything is kept from one start to the next; without it, until the end.
    pub data: Option<PathBuf>,
    /// `DATABASE_URL`, where it is not the SQLite file of the data.
    pub database_url: Option<String>,
    /// How long `announce` is held back, so that a publication's steps can be watched.
    pub publish_delay: Option<u64>,
    /// The first site's folder, published on the first start.
    pub first_site: Option<PathBuf>,
    /// Further variables for the API, which win.
    pub backend_environment: Vec<(String, String)>,
    /// How often schedules run, instead of each minute.
    pub schedule_every: Option<Duration>,
    /// How long a function's event waits until it is tried again, the first time.
    pub first_retry_after: Duration,
    /// How often an event of a bucket comes: at least once.
    pub copies_of_events: u32,
    /// How late an event of a bucket comes.
    pub events_late_by: Duration,
    /// Told how far the first site is.
    pub say: fn(&str),
}

impl CmsSettings {
    /// These binaries, with nothing kept and no first site.
    #[must_use]
    pub fn new(backend: impl Into<PathBuf>, functions: impl Into<PathBuf>) -> CmsSettings {
        CmsSettings {
            backend: backend.into(),
            functions: functions.into(),
            data: None,
            database_url: None,
            publish_delay: None,
            first_site: None,
            backend_environment: Vec::new(),
            schedule_every: None,
            first_retry_after: Duration::from_secs(1),
            copies_of_events: 1,
            events_late_by: Duration::ZERO,
            say: |_| {},
        }
    }
}

/// Why the CMS does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CmsError {
    /// The folder of the data cannot be used.
    #[error("the data folder {path}")]
    Data {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The functions' template cannot be run.
    #[error("infra/functions.yaml cannot be run")]
    Template(#[from] DeclaredError),
    /// The functions do not run.
    #[error(transparent)]
    Functions(#[from] FunctionsError),
    /// The kept records cannot be used.
    #[error(transparent)]
    Records(#[from] dynamodb::KeptError),
    /// The kept objects cannot be used.
    #[error(transparent)]
    Bucket(#[from] bucket::KeptError),
    /// The API does not run.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The pool gives no token for the first site.
    #[error("the user pool gives no token for the first site")]
    Token(#[from] IssueError),
    /// The first site is not there.
    #[error("the first site could not be published")]
    FirstSite(#[from] FirstSiteError),
}

/// The data on disk.
#[derive(Debug)]
pub(super) struct Data {
    root: PathBuf,
    /// Gone with the stack where nothing is to be kept.
    _temporary: Option<TempDir>,
}

impl Data {
    fn open(settings: &CmsSettings) -> Result<Data, CmsError> {
        let failed = |path: &Path, source| CmsError::Data { path: path.to_owned(), source };
        match &settings.data {
            Some(path) => {
                fs::create_dir_all(path).map_err(|source| failed(path, source))?;
                let root = fs::canonicalize(path).map_err(|source| failed(path, source))?;
                Ok(Data { root, _temporary: None })
            }
            None => {
                let folder = tempfile::Builder::new().prefix("parapet-data-").tempdir();
                let folder = folder.map_err(|source| failed(&std::env::temp_dir(), source))?;
                Ok(Data { root: folder.path().to_owned(), _temporary: Some(folder) })
            }
        }
    }

    fn of(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

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

/// What the stack gives for the parameters of the functions' template.
fn inputs(site: &Site, site_url: &str) -> Inputs {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let functions = [
        ("AnnounceFunction", "announce"),
        ("MakeRenditionsFunction", "make-renditions"),
        ("RecordSignInFunction", "record-sign-in"),
        ("PublishDueFunction", "publish-due"),
    ];
    let tags = site.distribution.distribution_config.cache_tag_config.is_some();
    let mut physical = map(&[
        ("RecordsTable", "parapet-local-records"),
        ("UploadsBucket", "parapet-local-uploads-000000000000"),
    ]);
    physical.extend(functions.map(|(id, name)| (id.to_owned(), format!("{PREFIX}{name}"))));
    Inputs {
        parameters: map(&[
            ("Name", "parapet"),
            ("Stage", "local"),
            ("FunctionsBucketName", "parapet-functions"),
            ("AnnounceKey", "announce.zip"),
            ("MakeRenditionsKey", "make-renditions.zip"),
            ("RecordSignInKey", "record-sign-in.zip"),
            ("PublishDueKey", "publish-due.zip"),
            ("SiteBucketName", &site.bucket_name),
            ("DistributionId", site.distribution.id.as_str()),
            ("CacheTags", if tags { "true" } else { "false" }),
            (
                "BackendFunctionArn",
                "arn:aws:lambda:ap-southeast-1:000000000000:function:parapet-local-backend",
            ),
            ("UserPoolArn", POOL_ARN),
            ("SiteOrigin", site_url),
        ]),
        account_id: "000000000000".to_owned(),
        region: "ap-southeast-1".to_owned(),
        stack_name: "parapet-local-functions".to_owned(),
        physical,
    }
}

/// Where AWS is, and as whom to ask it.
fn aws_environment(endpoint: &str) -> Vec<(String, String)> {
    let pairs = [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
        ("AWS_REGION", "ap-southeast-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn more_environment(settings: &CmsSettings) -> BTreeMap<String, Vec<(String, String)>> {
    let delay = settings.publish_delay.map(|seconds| ("ANNOUNCE_DELAY".to_owned(), seconds.to_string()));
    BTreeMap::from([("announce".to_owned(), delay.into_iter().collect())])
}
