//! What the CMS's parts are told of each other on this machine.

use std::collections::BTreeMap;

use super::CmsSettings;
use crate::{local::Site, template::Inputs};

/// What names begin with.
pub(super) const PREFIX: &str = "parapet-local-";
/// The user pool, as permissions name it.
pub(super) const POOL_ARN: &str = "arn:aws:cognito-idp:local:000000000000:userpool/local_EXAMPLE";
/// Whose requests AWS's endpoint takes for signed.
pub(super) const ACCESS_KEY_ID: &str = "AKIALOCALPARAPET0000";
pub(super) const SECRET_ACCESS_KEY: &str = "local-secret-of-no-use-elsewhere";

/// What the stack gives for the parameters of the functions' template.
pub(super) fn inputs(site: &Site, site_url: &str) -> Inputs {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let functions = [
        ("AnnounceFunction", "announce"),
        ("MakeRenditionsFunction", "make-renditions"),
        ("RecordSignInFunction", "record-sign-in"),
        ("PublishDueFunction", "publish-due"),
    ];
    let tags = site.distribution.distribution_config.cache_tag_config.is_some();
    let mut physical = map(&[
        ("RecordsTable", "parapet-local-records"),
        ("UploadsBucket", "parapet-local-uploads-000000000000"),
    ]);
    physical.extend(functions.map(|(id, name)| (id.to_owned(), format!("{PREFIX}{name}"))));
    Inputs {
        parameters: map(&[
            ("Name", "parapet"),
            ("Stage", "local"),
            ("FunctionsBucketName", "parapet-functions"),
            ("AnnounceKey", "announce.zip"),
            ("MakeRenditionsKey", "make-renditions.zip"),
            ("RecordSignInKey", "record-sign-in.zip"),
            ("PublishDueKey", "publish-due.zip"),
            ("SiteBucketName", &site.bucket_name),
            ("DistributionId", site.distribution.id.as_str()),
            ("CacheTags", if tags { "true" } else { "false" }),
            (
                "BackendFunctionArn",
                "arn:aws:lambda:ap-southeast-1:000000000000:function:parapet-local-backend",
            ),
            ("UserPoolArn", POOL_ARN),
            ("SiteOrigin", site_url),
        ]),
        account_id: "000000000000".to_owned(),
        region: "ap-southeast-1".to_owned(),
        stack_name: "parapet-local-functions".to_owned(),
        physical,
    }
}

/// Where AWS is, and as whom to ask it.
pub(super) fn aws_environment(endpoint: &str) -> Vec<(String, String)> {
    let pairs = [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
        ("AWS_REGION", "ap-southeast-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

pub(super) fn more_environment(settings: &CmsSettings) -> BTreeMap<String, Vec<(String, String)>> {
    let delay = settings.publish_delay.map(|seconds| ("ANNOUNCE_DELAY".to_owned(), seconds.to_string()));
    BTreeMap::from([("announce".to_owned(), delay.into_iter().collect())])
}
