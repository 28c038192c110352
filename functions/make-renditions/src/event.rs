//! S3's event notification: which uploads have arrived.

use serde::Deserialize;

/// A notification, as far as it is read. S3's test event has no records.
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

/// The keys of the uploads that an event tells of, each once.
///
/// # Errors
/// When it is no notification of S3's.
pub(crate) fn uploads(event: serde_json::Value) -> Result<Vec<String>, serde_json::Error> {
    let notification: Notification = serde_json::from_value(event)?;
    let created = notification.records.into_iter().filter(|record| record.name.contains("ObjectCreated:"));
    let mut keys: Vec<String> = created
        .filter_map(|record| {
            // S3 encodes keys as forms do: a space is a plus sign.
            let encoded = format!("k={}", record.s3.object.key);
            form_urlencoded::parse(encoded.as_bytes()).next().map(|(_, key)| key.into_owned())
        })
        .filter(|key| key.starts_with("uploads/"))
        .collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uploads_are_found_once_each() {
        let created =
            |key: &str| json!({ "eventName": "ObjectCreated:Put", "s3": { "object": { "key": key } } });
        let event = json!({ "Records": [created("uploads/7/a+b"), created("uploads/7/a%20b"), created("sign-ins/x")] });
        assert_eq!(uploads(event).unwrap(), ["uploads/7/a b"]);
        assert!(uploads(json!({ "Service": "Amazon S3", "Event": "s3:TestEvent" })).unwrap().is_empty());
        assert!(uploads(json!(7)).is_err());
    }
}
