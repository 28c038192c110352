//! The site as `infra/site.yaml` describes it: the template that is deployed, evaluated for this machine.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::bucket_policy::{BucketPolicyError, add_grant};
use crate::{
    bucket::{BucketSettings, ReadGrant},
    cdn::Distribution,
    clock::Clock,
    functions::BucketNotification,
    template::{Evaluated, Inputs, Template, TemplateError},
};

/// The id of the template's origin of the site and the app.
pub(super) const SITE_ORIGIN: &str = "site";
/// The id of the template's origin of the API.
pub(super) const API_ORIGIN: &str = "api";

/// What the CDN and the bucket need of the template.
#[derive(Clone, Debug)]
pub struct Site {
    /// The distribution with its policies.
    pub distribution: Distribution,
    /// The name of the bucket behind it.
    pub bucket_name: String,
    /// What the distribution may read of it.
    pub grant: ReadGrant,
    /// Whether the bucket keeps what was there before.
    pub versioned: bool,
    /// What the keys of the site's objects begin with, as in `site/`.
    pub prefix: String,
    /// Whom the bucket tells of what is put into it.
    pub notifications: Vec<BucketNotification>,
}

/// A template that the local stack cannot serve.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// It cannot be evaluated.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A resource says something that is not known here.
    #[error("{resource} is not as the local stack knows it")]
    Resource {
        /// Its logical id.
        resource: String,
        /// What is not.
        source: serde_json::Error,
    },
    /// A bucket policy grants something that is not known here.
    #[error("the bucket policy {resource} is not as the local stack knows it")]
    Policy {
        /// Its logical id.
        resource: String,
        /// What is not.
        source: BucketPolicyError,
    },
    /// Something is missing or there twice.
    #[error("expected {0}")]
    Expected(&'static str),
}

impl Site {
    /// The template, as it is deployed.
    pub const TEMPLATE: &'static str = include_str!("../../../infra/site.yaml");

    /// What the local stack gives for the template's parameters, and what its resources are called on this machine.
    #[must_use]
    pub fn inputs() -> Inputs {
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Inputs {
            parameters: map(&[
                ("Name", "parapet"),
                ("Stage", "local"),
                (
                    "FunctionVersionArn",
                    "arn:aws:lambda:us-east-1:000000000000:function:parapet-local-edge-auth:1",
                ),
                ("ApiDomainName", "api.example.com"),
                (
                    "AnnounceFunctionArn",
                    "arn:aws:lambda:ap-southeast-1:000000000000:function:parapet-local-announce",
                ),
            ]),
            account_id: "000000000000".to_owned(),
            region: "ap-southeast-1".to_owned(),
            stack_name: "parapet-local-site".to_owned(),
            physical: map(&[
                ("Distribution", "E1LOCALPARAPET"),
                ("Distribution.DomainName", "d111111abcdef8.cloudfront.net"),
                ("SiteBucket", "parapet-site"),
                ("AccessLogsBucket", "parapet-access-logs"),
            ]),
        }
    }

    /// The deployed template on this machine.
    ///
    /// # Errors
    /// When it says something that the local stack cannot do.
    pub fn local() -> Result<Site, SiteError> {
        Site::read(Site::TEMPLATE, &Site::inputs())
    }

    /// The same, for an app that uploads to AWS's endpoint at this address.
    ///
    /// # Errors
    /// When it says something that the local stack cannot do.
    pub fn with_uploads_to(endpoint: &str) -> Result<Site, SiteError> {
        let mut inputs = Site::inputs();
        inputs.parameters.insert("UploadsOrigin".to_owned(), endpoint.to_owned());
        Site::read(Site::TEMPLATE, &inputs)
    }

    /// How its bucket presents itself, with this clock.
    #[must_use]
    pub fn bucket_settings(&self, clock: Clock) -> BucketSettings {
        BucketSettings {
            name: self.bucket_name.clone(),
            grant: self.grant.clone(),
            versioned: self.versioned,
            clock,
            ..BucketSettings::default()
        }
    }

    /// Evaluates a template and reads what the local stack serves of it.
    ///
    /// # Errors
    /// When it cannot be evaluated, or says something that the local stack cannot do.
    pub fn read(template: &str, inputs: &Inputs) -> Result<Site, SiteError> {
        let evaluated = Template::parse(template)?.evaluate(inputs)?;
        let distribution = distribution(&evaluated)?;
        let bucket_name = output(&evaluated, "BucketName")?;
        check_access_control(&evaluated)?;
        let origin = distribution.distribution_config.origins.iter().find(|origin| origin.id == SITE_ORIGIN);
        let origin = origin.ok_or(SiteError::Expected("an origin with the id site"))?;
        let signed =
            origin.origin_access_control_id.as_deref().is_some_and(|id| evaluated.resources.contains_key(id));
        let is_bucket =
            origin.s3_origin_config.as_ref().is_some_and(|s3| s3.origin_access_identity.is_empty());
        if !signed || !is_bucket || !origin.domain_name.starts_with(&format!("{bucket_name}.s3.")) {
            return Err(SiteError::Expected(
                "the origin site to be the bucket, read through origin access control",
            ));
        }
        let prefix = format!("{}/", origin.origin_path.trim_matches('/')).trim_start_matches('/').to_owned();
        let grant = grant(&evaluated, &bucket_name)?;
        let versioned = evaluated.resources.values().any(|resource| {
            let status = resource.properties.pointer("/VersioningConfiguration/Status");
            resource.id == bucket_name && status.is_some_and(|status| status == "Enabled")
        });
        let own = evaluated.resources.iter().filter(|(_, resource)| resource.id == bucket_name);
        let told = own.map(|(name, resource)| {
            let read = BucketNotification::read(&resource.properties);
            read.map_err(|source| SiteError::Resource { resource: name.clone(), source })
        });
        let notifications = told.collect::<Result<Vec<_>, _>>()?.concat();
        Ok(Site { distribution, bucket_name, grant, versioned, prefix, notifications })
    }
}

/// The one distribution, with the policies of the template by their logical ids.
fn distribution(evaluated: &Evaluated) -> Result<Distribution, SiteError> {
    let mut found =
        evaluated.resources.iter().filter(|(_, resource)| resource.kind == "AWS::CloudFront::Distribution");
    let ((name, resource), None) = (found.next().ok_or(SiteError::Expected("a distribution"))?, found.next())
    else {
        return Err(SiteError::Expected("one distribution"));
    };
    let properties: DistributionProperties = read(name, resource.properties.clone())?;
    let parts = json!({
        "Id": output(evaluated, "DistributionId")?,
        "DomainName": output(evaluated, "DistributionDomainName")?,
        "DistributionConfig": properties.distribution_config,
    });
    let mut distribution: Distribution = read(name, parts)?;
    distribution.cache_policies = policies(evaluated, "CachePolicy")?;
    distribution.origin_request_policies = policies(evaluated, "OriginRequestPolicy")?;
    distribution.response_headers_policies = policies(evaluated, "ResponseHeadersPolicy")?;
    Ok(distribution)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DistributionProperties {
    distribution_config: Value,
    /// For people and bills.
    #[serde(rename = "Tags", default)]
    _tags: Value,
}

/// All policies of a kind, by logical id: on this machine that is what they are called.
fn policies<P: DeserializeOwned>(evaluated: &Evaluated, kind: &str) -> Result<HashMap<String, P>, SiteError> {
    let mut policies = HashMap::new();
    for (name, resource) in &evaluated.resources {
        if resource.kind != format!("AWS::CloudFront::{kind}") {
            continue;
        }
        let mut properties: HashMap<String, P> = read(name, resource.properties.clone())?;
        let config = properties.remove(&format!("{kind}Config")).filter(|_| properties.is_empty());
        policies.insert(
            name.clone(),
            config.ok_or(SiteError::Expected("a policy to be its configuration alone"))?,
        );
    }
    Ok(policies)
}

/// Unsigned requests are refused by the bucket, and so would be everything on the site.
fn check_access_control(evaluated: &Evaluated) -> Result<(), SiteError> {
    let controls = evaluated.resources.values();
    for control in controls.filter(|resource| resource.kind == "AWS::CloudFront::OriginAccessControl") {
        let config = control.properties.get("OriginAccessControlConfig").and_then(Value::as_object);
        let says = |config: &Map<String, Value>, name: &str, value: &str| {
            config.get(name).is_some_and(|said| said == value)
        };
        let signs = config.is_some_and(|config| {
            says(config, "OriginAccessControlOriginType", "s3")
                && says(config, "SigningBehavior", "always")
                && says(config, "SigningProtocol", "sigv4")
        });
        if !signs {
            return Err(SiteError::Expected("origin access control to sign always, for a bucket"));
        }
    }
    Ok(())
}

fn grant(evaluated: &Evaluated, bucket_name: &str) -> Result<ReadGrant, SiteError> {
    let distribution_arn = output(evaluated, "DistributionArn")?;
    let mut grant = ReadGrant { prefix: None, list: false };
    for (name, resource) in &evaluated.resources {
        if resource.kind == "AWS::S3::BucketPolicy" {
            let added = add_grant(&mut grant, &resource.properties, bucket_name, &distribution_arn);
            added.map_err(|source| SiteError::Policy { resource: name.clone(), source })?;
        }
    }
    Ok(grant)
}

fn output(evaluated: &Evaluated, name: &'static str) -> Result<String, SiteError> {
    let value = evaluated.outputs.get(name).and_then(Value::as_str);
    value.map(str::to_owned).ok_or(SiteError::Expected(name))
}

fn read<T: DeserializeOwned>(resource: &str, properties: Value) -> Result<T, SiteError> {
    let read = serde_json::from_value(properties);
    read.map_err(|source| SiteError::Resource { resource: resource.to_owned(), source })
}
