//! What a bucket tells whom: `NotificationConfiguration`.

use serde::Deserialize;
use serde_json::Value;

/// One configuration: which objects, and which function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketNotification {
    /// What the keys begin with.
    pub prefix: String,
    /// What they end with.
    pub suffix: String,
    /// The function's ARN.
    pub function: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Configuration {
    lambda_configurations: Vec<LambdaConfiguration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct LambdaConfiguration {
    event: String,
    filter: Option<Filter>,
    function: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Filter {
    s3_key: S3Key,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct S3Key {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Rule {
    name: String,
    value: String,
}

impl BucketNotification {
    /// Reads them from the properties of a bucket.
    ///
    /// # Errors
    /// When they are not as the local stack knows them.
    pub fn read(properties: &Value) -> Result<Vec<Self>, serde_json::Error> {
        use serde::de::Error;
        let Some(configuration) = properties.get("NotificationConfiguration") else { return Ok(Vec::new()) };
        let configuration = Configuration::deserialize(configuration)?;
        let read = configuration.lambda_configurations.into_iter().map(|lambda| {
            if lambda.event != "s3:ObjectCreated:*" {
                return Err(serde_json::Error::custom("expected the event s3:ObjectCreated:*"));
            }
            let mut notification =
                Self { prefix: String::new(), suffix: String::new(), function: lambda.function };
            for rule in lambda.filter.into_iter().flat_map(|filter| filter.s3_key.rules) {
                match rule.name.as_str() {
                    "prefix" => notification.prefix = rule.value,
                    "suffix" => notification.suffix = rule.value,
                    _ => return Err(serde_json::Error::custom("expected rules for prefix and suffix")),
                }
            }
            Ok(notification)
        });
        read.collect()
    }

    /// Whether it is about an object of this key.
    #[must_use]
    pub fn covers(&self, key: &str) -> bool {
        key.starts_with(&self.prefix) && key.ends_with(&self.suffix)
    }
}
