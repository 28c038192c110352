//! Log lines that are metrics: CloudWatch's embedded metric format.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>
//!
//! Every value of a dimension is a metric that is paid for: no user is one.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::record::Record;

/// The line of a sign-in that was recorded, or that could not be.
pub(crate) fn line(namespace: &str, record: &Record, problems: &[String], now: OffsetDateTime) -> Value {
    json!({
        "_aws": {
            "Timestamp": i64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or_default(),
            "CloudWatchMetrics": [{
                "Namespace": namespace,
                "Dimensions": [[]],
                "Metrics": [{ "Name": "SignIns", "Unit": "Count" }, { "Name": "SignInsNotRecorded", "Unit": "Count" }],
            }],
        },
        "SignIns": 1,
        "SignInsNotRecorded": u8::from(!problems.is_empty()),
        "event": "sign_in",
        "sub": record.pk.strip_prefix("USER#"),
        "username": record.username,
        "client_id": record.client_id,
        "at": record.at,
    })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::event::SignIn;

    #[test]
    fn a_line_counts_and_has_no_user_as_a_dimension() {
        let sign_in =
            SignIn { sub: "s".into(), username: "rae".into(), email: None, name: None, client: "c".into() };
        let now = datetime!(2026-11-26 21:00:00.5 UTC);
        let line = line("Parapet/a-b", &Record::new(&sign_in, None, now), &["x".into()], now);
        let metrics = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!((&metrics["Dimensions"], &metrics["Namespace"]), (&json!([[]]), &json!("Parapet/a-b")));
        for metric in metrics["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number(), "{metric}");
        }
        assert_eq!(line["_aws"]["Timestamp"], 1_795_726_800_500_i64);
    }
}
