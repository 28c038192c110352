//! The shell: AWS's clients, the clock, and the log.

use std::io::Write;

use aws_config::BehaviorVersion;
use aws_smithy_http_client::{
    Builder,
    tls::{self, rustls_provider::CryptoMode},
};
use serde_json::Value;
use time::OffsetDateTime;

use crate::{greeting::Greeting, object::SignIns, recorder::Recorder, settings::Settings, table::Table};

/// Finds credentials, region and endpoint in AWS's usual variables; calls nothing yet.
pub(crate) async fn connect(settings: Settings) -> Recorder {
    let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
    let aws = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    // At an endpoint of its own, a bucket is part of the path: its name does not resolve there.
    let s3 = aws_sdk_s3::config::Builder::from(&aws).force_path_style(aws.endpoint_url().is_some()).build();
    Recorder {
        table: Table::new(aws_sdk_dynamodb::Client::new(&aws), settings.table),
        sign_ins: SignIns::new(aws_sdk_s3::Client::from_conf(s3), settings.bucket),
        greeting: Greeting::new(aws_sdk_ssm::Client::new(&aws), settings.greeting),
        namespace: settings.namespace,
        write_line,
    }
}

/// The time of day.
pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// A line of its own on stdout, which is what CloudWatch reads metrics from.
fn write_line(line: &Value) {
    // Nobody is left to tell of a log that is gone.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
