//! S3's events.

use serde_json::Value;

/// The event of AWS's documentation (Lambda Developer Guide, "Process Amazon S3 event notifications"), about this key.
pub(super) fn created(key: &str) -> Value {
    let mut event: Value = serde_json::from_str(include_str!("recorded_s3_put.json")).unwrap();
    event["Records"][0]["s3"]["object"]["key"] = key.into();
    event
}

/// Several events in one.
pub(super) fn together(events: impl IntoIterator<Item = Value>) -> Value {
    let records: Vec<Value> = events.into_iter().map(|event| event["Records"][0].clone()).collect();
    serde_json::json!({ "Records": records })
}

/// What S3 sends when a notification is set up (Amazon S3 User Guide, "Event message structure").
pub(super) fn test_event() -> Value {
    serde_json::json!({
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": "2014-10-13T15:57:02.089Z",
        "Bucket": "amzn-s3-demo-bucket",
        "RequestId": "5582815E1AEA5ADF",
        "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"
    })
}
