//! Where the questions are asked: the local endpoint or moto, each with the table of records, a bucket and a parameter.

use std::collections::HashMap;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    Projection, ProjectionType, ScalarAttributeType,
};
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use aws_smithy_http_client::Builder;
use tests::local_aws::{ACCESS_KEY_ID, LocalAws, PARAMETER, SECRET_ACCESS_KEY};
use tests::moto::Moto;

pub(crate) use tests::local_aws::{BUCKET, SITE_BUCKET, TABLE};

/// Runs the test at both.
macro_rules! at_both {
    ($($name:ident),* $(,)?) => {
        $(
            mod $name {
                #[tokio::test]
                async fn at_the_local_endpoint() {
                    super::$name(&crate::doubles::ground::Ground::local().await).await;
                }

                #[tokio::test]
                async fn at_moto() {
                    super::$name(&crate::doubles::ground::Ground::moto().await).await;
                }
            }
        )*
    };
}
pub(crate) use at_both;

/// Ended with the test.
enum Double {
    Local { _aws: LocalAws },
    Moto { _moto: Moto },
}

pub(crate) struct Ground {
    /// Where it answers.
    pub(crate) url: String,
    pub(crate) cloudfront: aws_sdk_cloudfront::Client,
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    pub(crate) s3: aws_sdk_s3::Client,
    pub(crate) ssm: aws_sdk_ssm::Client,
    _double: Double,
}

impl Ground {
    pub(crate) async fn local() -> Ground {
        let aws = LocalAws::start().await.unwrap();
        let url = aws.url();
        Ground::at(&url, Double::Local { _aws: aws })
    }

    pub(crate) async fn moto() -> Ground {
        let moto = tokio::task::spawn_blocking(Moto::start).await.unwrap().unwrap();
        let url = moto.url().to_owned();
        let ground = Ground::at(&url, Double::Moto { _moto: moto });
        ground.create_table().await;
        for bucket in [BUCKET, SITE_BUCKET] {
            let place = CreateBucketConfiguration::builder();
            let place = place.location_constraint(BucketLocationConstraint::ApSoutheast1).build();
            ground.s3.create_bucket().bucket(bucket).create_bucket_configuration(place).send().await.unwrap();
        }
        let put = ground.ssm.put_parameter().name(PARAMETER).value("Hello.");
        put.r#type(aws_sdk_ssm::types::ParameterType::String).send().await.unwrap();
        ground
    }

    fn at(url: &str, double: Double) -> Ground {
        let credentials = Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "test");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("ap-southeast-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(url)
            .http_client(Builder::new().build_http())
            .build();
        let s3 = aws_sdk_s3::config::Builder::from(&config).force_path_style(true).build();
        Ground {
            url: url.to_owned(),
            cloudfront: aws_sdk_cloudfront::Client::new(&config),
            dynamodb: aws_sdk_dynamodb::Client::new(&config),
            s3: aws_sdk_s3::Client::from_conf(s3),
            ssm: aws_sdk_ssm::Client::new(&config),
            _double: double,
        }
    }

    async fn create_table(&self) {
        let attribute = |name: &str| {
            let attribute = AttributeDefinition::builder().attribute_name(name);
            attribute.attribute_type(ScalarAttributeType::S).build().unwrap()
        };
        let key = |name: &str, kind| {
            KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap()
        };
        let index = GlobalSecondaryIndex::builder()
            .index_name("by-day")
            .key_schema(key("day", KeyType::Hash))
            .key_schema(key("sk", KeyType::Range))
            .projection(Projection::builder().projection_type(ProjectionType::All).build());
        let create = self.dynamodb.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
        let create = create.attribute_definitions(attribute("pk")).attribute_definitions(attribute("sk"));
        let create = create.attribute_definitions(attribute("day")).key_schema(key("pk", KeyType::Hash));
        let create =
            create.key_schema(key("sk", KeyType::Range)).global_secondary_indexes(index.build().unwrap());
        create.send().await.unwrap();
    }

    /// Puts an item without a condition.
    pub(crate) async fn put(&self, pairs: &[(&str, &str)]) {
        let put = self.dynamodb.put_item().table_name(TABLE).set_item(Some(item(pairs)));
        put.send().await.unwrap();
    }

    /// An item, as it is.
    pub(crate) async fn get(&self, pk: &str, sk: &str) -> Option<HashMap<String, AttributeValue>> {
        let get = self.dynamodb.get_item().table_name(TABLE).consistent_read(true);
        get.key("pk", s(pk)).key("sk", s(sk)).send().await.unwrap().item
    }
}

pub(crate) fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn n(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn item(pairs: &[(&str, &str)]) -> HashMap<String, AttributeValue> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), s(value))).collect()
}
