//! The function in the function host, with AWS's local endpoint.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use stack::bucket::Object;
use stack::function_host::{FunctionHost, HostSettings};
use tests::local_aws::{ACCESS_KEY_ID, BUCKET, LocalAws, PARAMETER, SECRET_ACCESS_KEY, TABLE};

/// What the user pool gives the function.
pub(super) const LIMIT: Duration = Duration::from_secs(5);

pub(super) struct Function {
    pub(super) aws: LocalAws,
    host: FunctionHost,
}

impl Function {
    pub(super) async fn start() -> Function {
        let aws = LocalAws::start().await.unwrap();
        let folder = std::env::var_os("FUNCTIONS_DIR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/functions"), PathBuf::from);
        let folder = folder.join("record-sign-in");
        let environment = [
            ("AWS_ENDPOINT_URL", aws.url().as_str()),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
            ("RECORDS_TABLE", TABLE),
            ("SIGN_INS_BUCKET", BUCKET),
            ("GREETING_PARAMETER", PARAMETER),
            ("METRICS_NAMESPACE", "Parapet/test"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = HostSettings {
            function_name: "record-sign-in".to_owned(),
            region: "ap-southeast-1".to_owned(),
            instances: 1,
            timeout: Duration::from_secs(60),
            init_timeout: Duration::from_secs(60),
            extra_env: environment.to_vec(),
            ..HostSettings::new(folder.join("bootstrap"), &folder)
        };
        let host = FunctionHost::start(settings).await.expect("`make build` makes the functions");
        Function { aws, host }
    }

    /// Hands it an event, which comes back as it was.
    pub(super) async fn tell(&self, event: &Value) {
        let answer = self.host.invoke(event.to_string().as_bytes()).await.unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&answer).unwrap(), *event);
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

    /// The log's lines as JSON, once it has one for which `wanted` holds.
    pub(super) async fn line(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut log = self.host.logs();
        let found = async {
            loop {
                let line = log.next_line().await;
                if let Ok(line) = serde_json::from_str::<Value>(&line.text)
                    && wanted(&line)
                {
                    return line;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), found).await.expect("a line of the log")
    }

    /// How many sign-ins the metrics have counted.
    pub(super) fn counted(&self) -> usize {
        let lines = self.host.log_tail();
        let lines = lines.iter().filter_map(|line| serde_json::from_str::<Value>(&line.text).ok());
        lines.filter(|line| line["SignIns"] == 1).count()
    }
}

/// A sign-in of a person at an app client.
pub(super) fn sign_in(sub: &str, client: &str) -> Value {
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
