//! The function in the function host, with AWS's local endpoint.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use stack::bucket::Object;
use tests::local_aws::{BUCKET, LocalAws, PARAMETER, TABLE};

use tests::packaged_function::Running;

/// What the user pool gives the function.
pub(super) const LIMIT: Duration = Duration::from_secs(5);

/// What the template tells it.
pub(in crate::functions) const ENVIRONMENT: [(&str, &str); 4] = [
    ("RECORDS_TABLE", TABLE),
    ("SIGN_INS_BUCKET", BUCKET),
    ("GREETING_PARAMETER", PARAMETER),
    ("METRICS_NAMESPACE", "Parapet/test"),
];

pub(super) struct Function {
    pub(super) aws: LocalAws,
    running: Running,
}

impl Function {
    pub(super) async fn start() -> Function {
        let aws = LocalAws::start().await.unwrap();
        let running = Running::start("record-sign-in", &aws.url(), &ENVIRONMENT).await.unwrap();
        Function { aws, running }
    }

    /// Hands it an event, which comes back as it was.
    pub(super) async fn tell(&self, event: &Value) {
        assert_eq!(self.running.call(event).await.unwrap(), *event);
    }

    /// The same, within what the user pool gives a function that runs already.
    pub(super) async fn tell_in_time(&self, event: &Value) {
        self.tell(&json!({"no": "sign-in"})).await;
        tokio::time::timeout(LIMIT, self.tell(event)).await.expect("an answer within the user pool's time");
    }

    /// The sign-ins in the table, without those that are the latest of a person.
    pub(super) fn items(&self) -> Vec<Value> {
        let items = self.aws.services.records.items(TABLE);
        items.into_iter().filter(|item| item["sk"]["S"] != "LAST").collect()
    }

    /// The latest sign-in of a person.
    pub(super) fn latest(&self, sub: &str) -> Option<Value> {
        let items = self.aws.services.records.items(TABLE);
        let pk = format!("USER#{sub}");
        items.into_iter().find(|item| item["sk"]["S"] == "LAST" && item["pk"]["S"] == pk.as_str())
    }

    pub(super) fn objects(&self, prefix: &str) -> Vec<Arc<Object>> {
        self.aws.bucket.list(prefix)
    }

    /// A line of its log for which `wanted` holds.
    pub(super) async fn line(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        self.running.line(wanted).await.unwrap()
    }

    /// How many sign-ins the metrics have counted.
    pub(super) fn counted(&self) -> usize {
        let lines = self.running.host.log_tail();
        let lines = lines.iter().filter_map(|line| serde_json::from_str::<Value>(&line.text).ok());
        lines.filter(|line| line["SignIns"] == 1).count()
    }
}

/// A sign-in of a person at an app client.
pub(in crate::functions) fn sign_in(sub: &str, client: &str) -> Value {
    json!({
        "version": "1",
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_EXAMPLE",
        "userName": format!("user-{sub}"),
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client},
        "triggerSource": "PostAuthentication_Authentication",
        "request": {
            "userAttributes": {
                "sub": sub,
                "email_verified": "true",
                "cognito:user_status": "CONFIRMED",
                "email": format!("{sub}@example.com"),
            },
            "newDeviceUsed": false,
        },
        "response": {},
    })
}
