//! An API of its own for each test: a new database, a bucket in memory, a clock that a test sets.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use backend::ambient::{Ambient, timestamp};
use backend::audiences::Audiences;
use backend::http::{Api, Driver, KeyRing, Parts, Verifier};
use backend::media::Uploads;
use backend::publishing::{Bucket, Done, Publisher, PublisherParts};
use backend::records::{Announced, LastSignIn, MemoryRecords, RecordedSignIn, Records};
use backend::store::Store;
use backend::theme::Theme;
use bytes::Bytes;
use cognito::{ClientId, Issuer, UserPool};
use content::permission::RoleGroups;
use content::wire::{PersonId, SignIn, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::api::request::{Ask, Reply};
use crate::api::token;

const ROUTES: &str = r#"[
    { "path": "/guide/*", "kind": "site", "access": "signed-in" },
    { "path": "/members/*", "kind": "site", "access": "signed-in" },
    { "path": "/team/*", "kind": "site", "access": { "groups": ["editors", "admins"] } },
    { "path": "/*", "kind": "site", "access": "public" }
]"#;

/// 2026-11-26T12:00:00Z.
const START: i64 = 1_795_694_400;

/// Somebody of each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    Reader,
    Author,
    Editor,
    Admin,
}

impl Person {
    fn claims(self, now: i64) -> Value {
        match self {
            Person::Reader => token::claims("sub-reader", &["readers"], now),
            Person::Author => token::claims("sub-author", &["authors"], now),
            Person::Editor => token::claims("sub-editor", &["editors"], now),
            Person::Admin => token::claims("sub-admin", &["admins"], now),
        }
    }
}

/// A clock that stands until it is set.
#[derive(Debug, Clone)]
pub(crate) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn now(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0.load(Ordering::SeqCst)).unwrap()
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn later(&self, seconds: i64) -> String {
        timestamp(self.now() + time::Duration::seconds(seconds)).0
    }
}

/// A bucket in memory. Like the cloud, it has every manifest announced.
#[derive(Debug, Default)]
struct MemoryBucket {
    objects: Mutex<BTreeMap<String, Bytes>>,
    records: Arc<MemoryRecords>,
}

impl Bucket for MemoryBucket {
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes, _: &'a delivery::ObjectHeaders) -> Done<'a> {
        if key.starts_with("releases/") {
            let manifest: Value = serde_json::from_slice(&bytes).unwrap();
            let announced = Announced {
                attempt: manifest["attempt"].as_i64().unwrap(),
                completed_at: Some(Timestamp::from("2026-11-26T12:00:00.000Z")),
                invalidation_id: Some("I1".to_owned()),
                problem: None,
            };
            self.records.put_announced(manifest["id"].as_str().unwrap(), announced);
        }
        self.objects.lock().unwrap().insert(key.to_owned(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn delete<'a>(&'a self, keys: &'a [String]) -> Done<'a> {
        let mut objects = self.objects.lock().unwrap();
        for key in keys {
            objects.remove(key);
        }
        Box::pin(async { Ok(()) })
    }
}

/// An API with its database, its bucket and its clock.
pub(crate) struct Site {
    pub(crate) api: Api,
    pub(crate) clock: Clock,
    pub(crate) records: Arc<MemoryRecords>,
    bucket: Arc<MemoryBucket>,
    lines: Arc<Mutex<Vec<String>>>,
    _folder: TempDir,
}

impl Site {
    pub(crate) async fn new() -> Site {
        Site::with_secrets(&[]).await
    }

    pub(crate) async fn with_secrets(secrets: &[&str]) -> Site {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("cms.db").display());
        let clock = Clock(Arc::new(AtomicI64::new(START)));
        let (time, counter) = (clock.clone(), AtomicU64::new(1));
        let ambient = Ambient::new(
            move || time.now(),
            move || {
                // Different each time, and in the order in which they are drawn.
                let [a, b, c, d, e, f, g, h] = counter.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                [c, d, e, f, g, h, 0, 0, 0, 0, a, b, 0, 0, 0, 0]
            },
        );
        Store::migrate(&url).await.unwrap();
        let store = Store::open(&url, ambient.clone()).await.unwrap();
        let records = Arc::new(MemoryRecords::default());
        let bucket = Arc::new(MemoryBucket { records: Arc::clone(&records), ..MemoryBucket::default() });
        let audiences = Audiences::read(ROUTES).unwrap();
        let of = audiences.clone();
        let publisher = Publisher::new(PublisherParts {
            catalogue: Arc::new(store.clone()),
            bucket: Arc::clone(&bucket) as Arc<dyn Bucket>,
            records: Arc::clone(&records) as Arc<dyn Records>,
            theme: Arc::new(Theme::load(None).unwrap()),
            audience: Arc::new(move |path: &str| of.of(path)),
            origin: Some("https://example.com".to_owned()),
            ambient: ambient.clone(),
        });
        let lines = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&lines);
        let api = Api::new(Parts {
            verifier: Verifier {
                user_pool: UserPool::new([Issuer::from(token::ISSUER)], ClientId::from(token::CLIENT)),
                more_clients: vec![ClientId::from(token::OTHER_CLIENT)],
                keys: KeyRing::baked(token::jwks()),
                groups: RoleGroups::default(),
            },
            ambient,
            audiences,
            records: Arc::clone(&records) as Arc<dyn Records>,
            store,
            publisher: Arc::new(publisher),
            driver: Driver::Request,
            uploads: Uploads::new(s3(), "uploads"),
            origin_secrets: secrets.iter().map(ToString::to_string).collect(),
            log: Box::new(move |line: &str| log.lock().unwrap().push(line.to_owned())),
        });
        let site = Site { api, clock, records, bucket, lines, _folder: folder };
        if secrets.is_empty() {
            for (path, title) in [("/news/", "News"), ("/guide/", "Guide"), ("/team/", "Team")] {
                let section = json!({ "path": path, "title": title });
                let made = site.post("/sections", Person::Admin, &section).await;
                assert!(made.status == 201 || made.status == 409, "{}", made.status);
            }
        }
        site
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> SiteAsk {
        SiteAsk { ask: Ask::new(self.api.router(), method, path), now: self.clock.now().unix_timestamp() }
    }

    pub(crate) async fn get(&self, path: &str, person: Person) -> Reply {
        self.ask("GET", path).by(person).send().await
    }

    pub(crate) async fn post(&self, path: &str, person: Person, body: &Value) -> Reply {
        self.ask("POST", path).by(person).json(body).send().await
    }

    /// A new entry of the author's.
    pub(crate) async fn entry(&self, section: &str, title: &str) -> Value {
        let body = json!({ "title": title, "section": section });
        self.post("/entries", Person::Author, &body).await.expect(201)
    }

    /// Saves an entry that was read before.
    pub(crate) async fn put(&self, entry: &Value, person: Person, body: &Value) -> Reply {
        let path = format!("/entries/{}", self.id(entry));
        self.ask("PUT", &path).by(person).version(&entry["version"]).json(body).send().await
    }

    /// Does something to an entry, without a body.
    pub(crate) async fn act(&self, entry: &Value, method: &str, what: &str, person: Person) -> Reply {
        self.ask(method, &format!("/entries/{}{what}", self.id(entry))).by(person).send().await
    }

    pub(crate) async fn read(&self, entry: &Value) -> Value {
        self.get(&format!("/entries/{}", self.id(entry)), Person::Admin).await.expect(200)
    }

    pub(crate) fn id<'v>(&self, thing: &'v Value) -> &'v str {
        thing["id"].as_str().unwrap()
    }

    /// A release, asked for until it ends.
    pub(crate) async fn live(&self, release: &Value) -> Value {
        for _ in 0..10 {
            let path = format!("/releases/{}", self.id(release));
            let now = self.get(&path, Person::Author).await.expect(200);
            if now["state"] == "live" || now["state"] == "failed" {
                return now;
            }
        }
        panic!("the release does not end: {release}");
    }

    pub(crate) async fn drive(&self) {
        self.api.advance().await;
    }

    pub(crate) fn object(&self, key: &str) -> Option<String> {
        let objects = self.bucket.objects.lock().unwrap();
        objects.get(key).map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(crate) fn metrics(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    pub(crate) fn sign_in(&self, sub: &str, greeting: &str, at: &str) {
        let email = Some(format!("{sub}@example.com"));
        let username = sub.trim_start_matches("sub-").to_owned();
        let sign_in = SignIn {
            person: PersonId::from(sub),
            username: username.clone(),
            email: email.clone(),
            at: Timestamp::from(at),
        };
        let last = LastSignIn {
            username,
            name: Some(format!("Name of {sub}")),
            email,
            greeting: Some(greeting.to_owned()),
            at: Timestamp::from(at),
        };
        self.records.put_sign_in(RecordedSignIn { key: format!("{at}#{sub}"), sign_in }, last);
    }
}

/// A request by somebody of the site.
pub(crate) struct SiteAsk {
    ask: Ask,
    now: i64,
}

impl SiteAsk {
    pub(crate) fn by(self, person: Person) -> SiteAsk {
        let token = token::sign(&person.claims(self.now));
        self.bearer(&token)
    }

    pub(crate) fn bearer(self, token: &str) -> SiteAsk {
        SiteAsk { ask: self.ask.bearer(token), ..self }
    }

    pub(crate) fn header(self, name: &str, value: &str) -> SiteAsk {
        SiteAsk { ask: self.ask.header(name, value), ..self }
    }

    pub(crate) fn version(self, version: &Value) -> SiteAsk {
        SiteAsk { ask: self.ask.version(version), ..self }
    }

    pub(crate) fn json(self, body: &Value) -> SiteAsk {
        SiteAsk { ask: self.ask.json(body), ..self }
    }

    pub(crate) fn text(self, text: &str) -> SiteAsk {
        SiteAsk { ask: self.ask.text(text), ..self }
    }

    pub(crate) async fn send(self) -> Reply {
        self.ask.send().await
    }
}

fn s3() -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::for_tests())
        .build();
    aws_sdk_s3::Client::from_conf(config)
}
