//! The cloud in memory: a bucket, the CDN in front of it, and the function `announce`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use backend::publishing::{Bucket, BucketError, Done, Manifest, path_of_key};
use backend::records::{Announced, MemoryRecords};
use bytes::Bytes;
use content::wire::Timestamp;
use delivery::ObjectHeaders;

use super::life::Life;

pub(crate) type Object = (Bytes, ObjectHeaders);

#[derive(Debug, Default)]
pub(crate) struct Stored {
    pub(crate) objects: BTreeMap<String, Object>,
    /// Keys in the order in which they were put or, with a minus sign, removed.
    pub(crate) log: Vec<String>,
    /// What the CDN has cached of each address that was ever asked for: an object, or that there is none.
    cached: BTreeMap<String, Option<Object>>,
    /// Manifests that have arrived and were not announced.
    pub(crate) arrived: Vec<Manifest>,
}

/// What outlives every process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cloud {
    stored: Arc<Mutex<Stored>>,
    pub(crate) records: Arc<MemoryRecords>,
}

/// The bucket as one process reaches it.
pub(crate) struct SiteBucket {
    pub(crate) cloud: Cloud,
    pub(crate) life: Life,
    pub(crate) refuses: Option<BucketError>,
}

impl Cloud {
    pub(crate) fn stored(&self) -> MutexGuard<'_, Stored> {
        self.stored.lock().unwrap()
    }

    /// The text at an address, by the bucket.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let stored = self.stored();
        let (bytes, _) = stored.objects.get(&backend::publishing::key(path))?;
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(crate) fn headers(&self, path: &str) -> Option<ObjectHeaders> {
        self.stored().objects.get(&backend::publishing::key(path)).map(|(_, headers)| headers.clone())
    }

    /// What lies under the site's prefix.
    pub(crate) fn site(&self) -> BTreeMap<String, Object> {
        let stored = self.stored();
        stored
            .objects
            .iter()
            .filter(|(key, _)| key.starts_with("site/"))
            .map(|(key, object)| (key.clone(), object.clone()))
            .collect()
    }

    /// Announces every manifest that has arrived, in this order.
    pub(crate) fn announce(&self) {
        let arrived = std::mem::take(&mut self.stored().arrived);
        for manifest in &arrived {
            self.announce_one(manifest, None);
        }
    }

    pub(crate) fn announce_one(&self, manifest: &Manifest, problem: Option<&str>) {
        if problem.is_none() {
            let mut stored = self.stored();
            stored.cached.retain(|key, _| {
                let path = path_of_key(key);
                let everything = manifest.paths.contains(&"/*".to_owned());
                let named = everything || manifest.paths.contains(&path);
                let looked_for = key.strip_prefix("site").unwrap().to_owned();
                assert!(everything || named == manifest.paths.contains(&looked_for), "{path} {looked_for}");
                let tagged = manifest.tags.contains(&backend::publishing::cache_tag(&path))
                    || manifest.tags.contains(&"site".to_owned());
                assert_eq!(named, tagged, "{path}: paths and tags say the same");
                !named
            });
        }
        let completed_at = problem.is_none().then(|| Timestamp::from("2026-11-26T20:00:00.000Z"));
        self.records.put_announced(
            &manifest.id,
            Announced {
                attempt: manifest.attempt,
                completed_at,
                invalidation_id: None,
                problem: problem.map(ToOwned::to_owned),
            },
        );
    }

    /// What readers get differs from the bucket at these addresses.
    pub(crate) fn stale(&self) -> Vec<String> {
        let stored = self.stored();
        let differs = |(key, cached): (&String, &Option<Object>)| {
            (stored.objects.get(key) != cached.as_ref()).then(|| path_of_key(key))
        };
        stored.cached.iter().filter_map(differs).collect()
    }
}

impl Stored {
    /// Readers ask for everything that was ever there, at every moment.
    fn read_everything(&mut self) {
        for (key, object) in self.objects.iter().filter(|(key, _)| key.starts_with("site/")) {
            self.cached.entry(key.clone()).or_insert_with(|| Some(object.clone()));
        }
        for key in &self.log {
            let key = key.trim_start_matches('-');
            if key.starts_with("site/") && !self.objects.contains_key(key) {
                self.cached.entry(key.to_owned()).or_insert(None);
            }
        }
    }
}

impl SiteBucket {
    fn step(&self, effect: impl FnOnce(&mut Stored)) -> Result<(), BucketError> {
        if let Some(error) = &self.refuses {
            return Err(error.clone());
        }
        let done = self.life.step(|| {
            let mut stored = self.cloud.stored();
            stored.read_everything();
            effect(&mut stored);
            stored.read_everything();
        });
        done.ok_or_else(|| BucketError::Passing("killed".to_owned()))
    }
}

impl Bucket for SiteBucket {
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes, headers: &'a ObjectHeaders) -> Done<'a> {
        Box::pin(async move {
            self.step(|stored| {
                if key.starts_with("releases/") {
                    stored.arrived.push(serde_json::from_slice(&bytes).unwrap());
                }
                stored.objects.insert(key.to_owned(), (bytes, headers.clone()));
                stored.log.push(key.to_owned());
            })
        })
    }

    fn delete<'a>(&'a self, keys: &'a [String]) -> Done<'a> {
        Box::pin(async move {
            self.step(|stored| {
                for key in keys {
                    stored.objects.remove(key);
                    stored.log.push(format!("-{key}"));
                }
            })
        })
    }
}
