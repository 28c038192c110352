//! The keys that seal what the gate hands to browsers and to the user pool while somebody signs in.
//!
//! They are one SecureString parameter in us-east-1, a JSON list whose first key seals and all of whose keys open:
//!
//! ```json
//! [{ "key": "<32 bytes, base64url>", "created": "2026-11-21T12:30:00Z" }, …]
//! ```
//!
//! A new key comes first and the old ones stay to open, so that nobody who is signing in at that moment is turned
//! away. What was sealed is of use for ten minutes; a key that no deployed gate seals with any more can go after that.
//!
//! Parameter Store writes whatever it is told ("Overwrite"): there is no condition on what stood there before. So the
//! parameter is read, its version is noted, and the version after writing tells whether somebody else wrote meanwhile.
//! That is found out too late to prevent it; Parameter Store keeps the last hundred versions, so that no key is lost.

mod error;
mod key_ring;
mod rotation;

pub use error::SealingKeysError;
pub use key_ring::{KeyRing, SealingKey};
pub use rotation::Rotation;

use crate::aws::Cloud;
use crate::moment::{Moment, random};
use crate::project::Project;
use crate::regions::CLOUDFRONT;

/// The keys as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The keys, the one that seals first.
    pub ring: KeyRing,
    /// The parameter's version.
    pub version: i64,
}

/// Reads the project's keys, if it has any yet.
///
/// # Errors
///
/// When Parameter Store does not answer, or the parameter holds something else.
pub async fn read(cloud: &Cloud, project: &Project) -> Result<Option<Stored>, SealingKeysError> {
    let name = project.sealing_keys_parameter();
    let Some(parameter) = cloud.in_region(CLOUDFRONT).secure_parameter(&name).await? else {
        return Ok(None);
    };
    let ring = KeyRing::parse(&parameter.value)
        .map_err(|problem| SealingKeysError::NoKeys { parameter: name, problem })?;
    Ok(Some(Stored { ring, version: parameter.version }))
}

/// Reads the project's keys, and makes the first one where there are none yet. Of two who do so at once, one makes it
/// and both get it.
///
/// # Errors
///
/// When Parameter Store does not answer, or the parameter holds something else.
pub async fn read_or_create(
    cloud: &Cloud,
    project: &Project,
    now: Moment,
) -> Result<Stored, SealingKeysError> {
    if let Some(stored) = read(cloud, project).await? {
        return Ok(stored);
    }
    let name = project.sealing_keys_parameter();
    let ring = KeyRing::of(SealingKey::new(random()?, now));
    let tags =
        [("parapet:name", &*project.name), ("parapet:stage", &*project.stage), ("parapet:part", "edge")];
    let is_ours = cloud
        .in_region(CLOUDFRONT)
        .create_secure_parameter(&name, &ring.to_json(), "The sealing keys of the gate", &tags)
        .await?;
    if is_ours {
        return Ok(Stored { ring, version: 1 });
    }
    read(cloud, project).await?.ok_or(SealingKeysError::Gone { parameter: name })
}

/// Stores the outcome of a rotation.
///
/// # Errors
///
/// When Parameter Store does not answer, or somebody else wrote since `stored` was read.
pub async fn store(
    cloud: &Cloud,
    project: &Project,
    stored: &Stored,
    rotation: &Rotation,
) -> Result<Stored, SealingKeysError> {
    let name = project.sealing_keys_parameter();
    let changed = |found| SealingKeysError::Changed { parameter: name.clone(), read: stored.version, found };
    let current = read(cloud, project).await?.ok_or(SealingKeysError::Gone { parameter: name.clone() })?;
    if current != *stored {
        return Err(changed(current.version));
    }
    let cloud = cloud.in_region(CLOUDFRONT);
    let version = cloud.overwrite_secure_parameter(&name, &rotation.ring.to_json()).await?;
    if version != stored.version.saturating_add(1) {
        return Err(changed(version));
    }
    Ok(Stored { ring: rotation.ring.clone(), version })
}
