//! S3's event notification: which objects have arrived.
//!
//! Events come at least once and in no order; several may come in one. S3's test event has no records at all.
//! Source: the Amazon S3 User Guide, "Event message structure".

use serde::Deserialize;

/// A notification, as far as it is read. What AWS adds to it does not disturb.
#[derive(Deserialize)]
struct Notification {
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName", default)]
    name: String,
    s3: S3,
}

#[derive(Deserialize)]
struct S3 {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    key: String,
}

/// The keys of the objects that an event tells were created, in order and each once.
///
/// # Errors
/// When it is no notification of S3's.
pub fn created_objects(event: serde_json::Value) -> Result<Vec<String>, serde_json::Error> {
    let notification: Notification = serde_json::from_value(event)?;
    let created = notification
        .records
        .into_iter()
        .filter(|record| record.name.trim_start_matches("s3:").starts_with("ObjectCreated:"));
    let mut keys: Vec<String> = created.map(|record| decoded(&record.s3.object.key)).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

/// S3 encodes keys as forms do: a space is a plus sign.
fn decoded(key: &str) -> String {
    form_urlencoded::parse(format!("k={key}").as_bytes())
        .next()
        .map(|(_, key)| key.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn created(key: &str) -> serde_json::Value {
        json!({ "eventVersion": "2.6", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
            "s3": { "bucket": { "name": "b" }, "object": { "key": key, "size": 3, "sequencer": "0A" } } })
    }

    #[test]
    fn created_objects_are_found_once_each_whatever_else_comes() {
        let event = json!({ "Records": [created("releases/b.json"), created("releases/a.json"),
            created("releases/b.json"), created("releases%2Fc+d%26e.json"),
            { "eventName": "s3:ObjectCreated:CompleteMultipartUpload", "s3": { "object": { "key": "uploads/7/a%20b" } } },
            { "eventName": "ObjectRemoved:Delete", "s3": { "object": { "key": "releases/x.json" } } }] });
        let keys = created_objects(event).unwrap();
        assert_eq!(keys, ["releases/a.json", "releases/b.json", "releases/c d&e.json", "uploads/7/a b"]);
    }

    #[test]
    fn a_test_event_tells_of_nothing() {
        let event = json!({ "Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b" });
        assert!(created_objects(event).unwrap().is_empty());
        assert!(created_objects(json!([1])).is_err());
    }
}
