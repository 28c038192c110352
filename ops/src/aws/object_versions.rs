//! Amazon S3: all versions of all objects of a bucket, for emptying it.

use aws_sdk_s3::types::{Delete, ObjectIdentifier};

use super::{CallError, Cloud};

/// One version of one object: its key and its version's id.
pub type ObjectVersion = (String, String);

impl Cloud {
    /// The first thousand versions and delete markers of a bucket; none if it is empty or not there.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn object_versions(&self, bucket: &str) -> Result<Vec<ObjectVersion>, CallError> {
        let answer = self.s3().list_object_versions().bucket(bucket).send().await;
        let answer = answer.map_err(|error| CallError::new(format!("listing the bucket {bucket}"), error));
        let page = match answer {
            Ok(page) => page,
            Err(error) if error.is("NoSuchBucket") => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let versions = page.versions.unwrap_or_default().into_iter().map(|it| (it.key, it.version_id));
        let markers = page.delete_markers.unwrap_or_default().into_iter().map(|it| (it.key, it.version_id));
        Ok(versions
            .chain(markers)
            .map(|(key, id)| (key.unwrap_or_default(), id.unwrap_or_default()))
            .collect())
    }

    /// Deletes up to a thousand versions.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked or leaves one of them.
    pub async fn delete_object_versions(
        &self,
        bucket: &str,
        versions: Vec<ObjectVersion>,
    ) -> Result<(), CallError> {
        let doing = || format!("emptying the bucket {bucket}");
        let objects =
            versions.into_iter().map(|(key, id)| ObjectIdentifier::builder().key(key).version_id(id));
        let objects = objects.map(|object| object.build()).collect::<Result<Vec<_>, _>>();
        let delete =
            objects.and_then(|objects| Delete::builder().set_objects(Some(objects)).quiet(true).build());
        let delete = delete.map_err(|_| CallError::incomplete(doing(), "key"))?;
        let answer = self.s3().delete_objects().bucket(bucket).delete(delete).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        match answer.errors().first() {
            None => Ok(()),
            Some(left) => {
                let key = left.key().unwrap_or_default();
                Err(CallError::incomplete(doing(), &format!("deletion of {key}")))
            }
        }
    }
}
