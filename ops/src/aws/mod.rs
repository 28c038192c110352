//! The calls to AWS, one service a file, and nowhere else in this crate.
//!
//! [`Cloud`] holds what all clients share: credentials, retries, the endpoint and the HTTP client. Credentials, the
//! profile and endpoints of single services come from AWS's usual environment and files.

mod acm;
mod cloudformation;
mod cloudfront;
mod cloudwatch_logs;
mod cognito;
mod cognito_people;
mod error;
mod lambda;
mod object_versions;
mod ssm;
mod sts;
mod trace;

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use delivery::{Bucket, Distribution};

pub use cloudformation::{
    ChangeSetRequest, ChangeSetState, Execution, FailedHook, ResourceChange, Stack, StackEvent,
};
pub use cloudfront::DistributionState;
pub use cloudwatch_logs::{LogEvent, LogQuery, Retention};
pub use cognito_people::Invitee;
pub use delivery::CallError;
pub use lambda::{FunctionVersion, Invoked, function_name};
pub use object_versions::ObjectVersion;
pub use ssm::Parameter;
pub use sts::Caller;
pub use trace::CallTrace;

/// How often a call is made until passing trouble is no longer waited out: for about two minutes.
const ATTEMPTS: u32 = 10;
/// The longest time between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// How AWS is reached.
#[derive(Debug, Clone, Default)]
pub struct Connection {
    /// One endpoint for all services instead of AWS's own: a double.
    pub endpoint_url: Option<String>,
    /// Told of every call.
    pub trace: CallTrace,
    /// How long passing trouble is waited out; less than a minute means the SDK's own few attempts.
    pub patience: Duration,
}

/// An AWS account, seen from one region.
#[derive(Clone)]
pub struct Cloud {
    shared: SdkConfig,
    trace: CallTrace,
}

impl Cloud {
    /// Finds credentials and endpoints; calls nothing yet.
    pub async fn load(region: &str, connection: &Connection) -> Cloud {
        let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
        // Minutes instead of the SDK's three attempts within three seconds: a deploy outlasts a service's bad moment.
        let patience = match connection.patience.as_secs() {
            0..60 => RetryConfig::standard(),
            _ => RetryConfig::standard().with_max_attempts(ATTEMPTS).with_max_backoff(LONGEST_PAUSE),
        };
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .retry_config(patience)
            .region(Region::new(region.to_owned()))
            .http_client(http);
        if let Some(url) = &connection.endpoint_url {
            loader = loader.endpoint_url(url);
            if is_on_this_machine(url) && !has_own_credentials() {
                loader = loader.credentials_provider(for_a_double());
            }
        }
        Cloud { shared: loader.load().await, trace: connection.trace.clone() }
    }

    /// The same account in another region.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Cloud {
        let shared = self.shared.to_builder().region(Region::new(region.to_owned())).build();
        Cloud { shared, trace: self.trace.clone() }
    }

    /// The region, such as `eu-central-1`.
    #[must_use]
    pub fn region(&self) -> &str {
        self.shared.region().map_or("", |region| region.as_ref())
    }

    /// Certificate Manager of this region.
    #[must_use]
    pub fn acm(&self) -> aws_sdk_acm::Client {
        let config = aws_sdk_acm::config::Builder::from(&self.shared);
        aws_sdk_acm::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// CloudFormation of this region.
    #[must_use]
    pub fn cloudformation(&self) -> aws_sdk_cloudformation::Client {
        let config = aws_sdk_cloudformation::config::Builder::from(&self.shared);
        aws_sdk_cloudformation::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// CloudFront, which is in no region.
    #[must_use]
    pub fn cloudfront(&self) -> aws_sdk_cloudfront::Client {
        let config = aws_sdk_cloudfront::config::Builder::from(&self.shared);
        aws_sdk_cloudfront::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// CloudWatch Logs of this region.
    #[must_use]
    pub fn logs(&self) -> aws_sdk_cloudwatchlogs::Client {
        let config = aws_sdk_cloudwatchlogs::config::Builder::from(&self.shared);
        aws_sdk_cloudwatchlogs::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// Cognito user pools of this region.
    #[must_use]
    pub fn cognito(&self) -> aws_sdk_cognitoidentityprovider::Client {
        let config = aws_sdk_cognitoidentityprovider::config::Builder::from(&self.shared);
        aws_sdk_cognitoidentityprovider::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// Lambda of this region.
    #[must_use]
    pub fn lambda(&self) -> aws_sdk_lambda::Client {
        let config = aws_sdk_lambda::config::Builder::from(&self.shared);
        aws_sdk_lambda::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// S3. At an endpoint of its own, a bucket is part of the path: its name does not resolve there.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.shared)
            .force_path_style(self.shared.endpoint_url().is_some() || has_own_s3_endpoint());
        aws_sdk_s3::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// The bucket of this name in this region.
    #[must_use]
    pub fn bucket(&self, name: &str) -> Bucket {
        Bucket::new(self.s3(), name)
    }

    /// The distribution of this id.
    #[must_use]
    pub fn distribution(&self, id: &str) -> Distribution {
        Distribution::new(self.cloudfront(), id)
    }

    /// Parameter Store of this region.
    #[must_use]
    pub fn ssm(&self) -> aws_sdk_ssm::Client {
        let config = aws_sdk_ssm::config::Builder::from(&self.shared);
        aws_sdk_ssm::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }

    /// Who the credentials are.
    #[must_use]
    pub fn sts(&self) -> aws_sdk_sts::Client {
        let config = aws_sdk_sts::config::Builder::from(&self.shared);
        aws_sdk_sts::Client::from_conf(config.interceptor(self.trace.clone()).build())
    }
}

/// A double on this machine takes any credentials; looking for real ones would end in asking the network.
fn for_a_double() -> Credentials {
    Credentials::new("parapet", "parapet", None, None, "a double on this machine")
}

fn is_on_this_machine(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|url| url.host().map(str::to_owned));
    host.is_some_and(|host| {
        host == "localhost"
            || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    })
}

fn has_own_credentials() -> bool {
    ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn has_own_s3_endpoint() -> bool {
    ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|url| !url.is_empty()))
}
