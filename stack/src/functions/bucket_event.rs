//! S3's event messages, version 2.1 and on.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>

use std::time::SystemTime;

use form_urlencoded::byte_serialize;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::bucket::{Created, Creation};

/// Word of one object that was put.
pub(super) fn created(bucket: &str, region: &str, created: &Created, now: SystemTime) -> Value {
    let object = &created.object;
    let name = match created.creation {
        Creation::Put => "ObjectCreated:Put",
        Creation::Copy => "ObjectCreated:Copy",
    };
    let mut of_object = json!({
        "key": encoded(&object.key),
        "size": object.body.len(),
        "eTag": object.etag.trim_matches('"'),
        "sequencer": format!("{:018X}", created.number),
    });
    if let (Some(version), Some(members)) = (&object.version_id, of_object.as_object_mut()) {
        members.insert("versionId".to_owned(), version.as_str().into());
    }
    json!({ "Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": region,
        "eventTime": timestamp(now),
        "eventName": name,
        "userIdentity": { "principalId": "AWS:LOCAL" },
        "requestParameters": { "sourceIPAddress": "127.0.0.1" },
        "responseElements": { "x-amz-request-id": format!("{:016X}", created.number), "x-amz-id-2": "local-bucket" },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "local",
            "bucket": {
                "name": bucket,
                "ownerIdentity": { "principalId": "LOCAL" },
                "arn": format!("arn:aws:s3:::{bucket}"),
            },
            "object": of_object,
        },
    }] })
}

/// What S3 sends once, when a configuration is put.
pub(super) fn test_event(bucket: &str, now: SystemTime) -> Value {
    json!({
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": timestamp(now),
        "Bucket": bucket,
        "RequestId": "LOCAL",
        "HostId": "local-bucket",
    })
}

/// A key as it stands in an event: as in a form, but for the slashes.
fn encoded(key: &str) -> String {
    byte_serialize(key.as_bytes()).collect::<String>().replace("%2F", "/")
}

fn timestamp(at: SystemTime) -> String {
    let at = OffsetDateTime::from(at);
    let millisecond = at.replace_nanosecond(at.nanosecond() / 1_000_000 * 1_000_000).unwrap_or(at);
    // A time of this age of the world can be written.
    millisecond.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::{Bucket, ObjectMetadata};

    #[test]
    fn an_event_says_what_awss_recorded_one_says() {
        let bucket = Bucket::new();
        let object = bucket.put("releases/Happy Face+ü.json", "1234", ObjectMetadata::default());
        let created = Created { object, creation: Creation::Put, number: 7 };
        let event = super::created("site", "eu-west-1", &created, SystemTime::UNIX_EPOCH);
        let record = &event["Records"][0];
        assert_eq!(record["s3"]["object"]["key"], "releases/Happy+Face%2B%C3%BC.json");
        assert_eq!(
            (&record["s3"]["object"]["size"], &record["s3"]["bucket"]["name"]),
            (&json!(4), &json!("site"))
        );
        assert_eq!(
            (&record["eventTime"], &record["eventName"]),
            (&json!("1970-01-01T00:00:00Z"), &json!("ObjectCreated:Put"))
        );
        assert_eq!(test_event("site", SystemTime::UNIX_EPOCH)["Event"], "s3:TestEvent");
    }
}
