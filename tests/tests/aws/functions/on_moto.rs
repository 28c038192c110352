//! The functions at moto, which others wrote: what they ask of S3, DynamoDB, Parameter Store and CloudFront is what those
//! understand, and not only what our doubles of them do. (`publish-due` is not here: moto invokes functions in Docker.)

use std::collections::HashMap;

use aws_sdk_cloudfront::types::{
    DefaultCacheBehavior, DistributionConfig, Origin, Origins, S3OriginConfig, ViewerProtocolPolicy,
};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::primitives::ByteStream;
use image::ImageFormat;
use serde_json::Value;
use tests::packaged_function::Running;

use super::announce::setting::manifest;
use super::bucket_event::created;
use super::make_renditions::setting::{encoded, plain};
use super::{make_renditions, record_sign_in};
use crate::doubles::ground::{BUCKET, Ground, SITE_BUCKET, TABLE};

type Item = HashMap<String, AttributeValue>;

/// The items under a partition key.
async fn items(moto: &Ground, pk: &str) -> Vec<Item> {
    let query = moto.dynamodb.query().table_name(TABLE).consistent_read(true);
    let query = query.key_condition_expression("pk = :pk");
    query
        .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
        .send()
        .await
        .unwrap()
        .items()
        .to_vec()
}

fn text<'item>(item: &'item Item, name: &str) -> &'item str {
    item[name].as_s().unwrap()
}

async fn keys(moto: &Ground, bucket: &str) -> Vec<String> {
    let listed = moto.s3.list_objects_v2().bucket(bucket).send().await.unwrap();
    listed.contents().iter().map(|object| object.key().unwrap().to_owned()).collect()
}

/// A distribution over the site's bucket; its id.
async fn make_distribution(moto: &Ground) -> String {
    let bucket = S3OriginConfig::builder().origin_access_identity("").build();
    let origin = Origin::builder().id("site").domain_name("site.s3.amazonaws.com").s3_origin_config(bucket);
    let origins = Origins::builder().quantity(1).items(origin.build().unwrap()).build().unwrap();
    let behavior = DefaultCacheBehavior::builder().target_origin_id("site");
    let behavior = behavior.viewer_protocol_policy(ViewerProtocolPolicy::RedirectToHttps).build().unwrap();
    let config = DistributionConfig::builder().caller_reference("r").comment("c").enabled(true);
    let config = config.origins(origins).default_cache_behavior(behavior).build().unwrap();
    let made = moto.cloudfront.create_distribution().distribution_config(config).send().await.unwrap();
    made.distribution().unwrap().id().to_owned()
}

#[tokio::test]
async fn an_upload_becomes_files_for_readers_and_a_record() {
    let moto = Ground::moto().await;
    let function =
        Running::start("make-renditions", &moto.url, &make_renditions::setting::ENVIRONMENT).await.unwrap();
    let picture = ByteStream::from(encoded(&plain(700, 350), ImageFormat::Png));
    let put = moto.s3.put_object().bucket(BUCKET).key("uploads/m1").body(picture);
    let put = put.metadata("media", "m1").metadata("section", "/news/").metadata("name", "a.png");
    put.send().await.unwrap();
    for _ in 0..2 {
        function.call(&created("uploads/m1")).await.unwrap();
    }
    let items = items(&moto, "MEDIA#m1").await;
    assert_eq!((items.len(), text(&items[0], "state"), text(&items[0], "type")), (1, "ready", "image/png"));
    let renditions: Vec<Value> = serde_json::from_str(text(&items[0], "renditions")).unwrap();
    let keys = keys(&moto, SITE_BUCKET).await;
    assert_eq!((keys.len(), renditions.len()), (6, 6));
    for rendition in renditions {
        let key = format!("site{}", rendition["url"].as_str().unwrap());
        let file = moto.s3.get_object().bucket(SITE_BUCKET).key(&key).send().await.unwrap();
        assert_eq!(file.content_type(), rendition["type"].as_str());
        assert_eq!(file.cache_control(), Some("max-age=31536000, immutable"));
        assert!(file.metadata().unwrap()["cache-tag"].starts_with("o-"));
        let seen = image::load_from_memory(&file.body.collect().await.unwrap().into_bytes()).unwrap();
        assert_eq!(rendition["width"], seen.width());
    }
}

#[tokio::test]
async fn a_sign_in_is_an_item_and_an_object_once_however_often_it_is_told() {
    let moto = Ground::moto().await;
    let function =
        Running::start("record-sign-in", &moto.url, &record_sign_in::setting::ENVIRONMENT).await.unwrap();
    let event = record_sign_in::setting::sign_in("1", "web");
    for _ in 0..2 {
        assert_eq!(function.call(&event).await.unwrap(), event);
    }
    let items = items(&moto, "USER#1").await;
    let (latest, each): (Vec<_>, Vec<_>) = items.iter().partition(|item| text(item, "sk") == "LAST");
    assert_eq!((latest.len(), each.len()), (1, 1), "{items:?}");
    assert_eq!((text(latest[0], "at"), text(latest[0], "greeting")), (text(each[0], "at"), "Hello."));
    assert!(each[0]["expires_at"].as_n().is_ok(), "DynamoDB ends items by a number");
    let keys = keys(&moto, BUCKET).await;
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert!(keys[0].starts_with("sign-ins/user-1/"), "{keys:?}");
}

/// By path: moto knows no cache tags.
#[tokio::test]
async fn a_manifest_is_announced_once_however_often_it_is_told_of() {
    let moto = Ground::moto().await;
    let distribution = make_distribution(&moto).await;
    let environment = [
        ("DISTRIBUTION_ID", distribution.as_str()),
        ("SITE_BUCKET", SITE_BUCKET),
        ("RECORDS_TABLE", TABLE),
        ("CACHE_TAGS", "false"),
    ];
    let function = Running::start("announce", &moto.url, &environment).await.unwrap();
    let body = ByteStream::from(manifest("0199-a", 1).into_bytes());
    moto.s3.put_object().bucket(SITE_BUCKET).key("releases/0199-a.json").body(body).send().await.unwrap();
    for _ in 0..2 {
        function.call(&created("releases/0199-a.json")).await.unwrap();
    }
    let items = items(&moto, "RELEASE#0199-a").await;
    assert_eq!((items.len(), text(&items[0], "sk")), (1, "ANNOUNCED"));
    assert!(text(&items[0], "completed_at").starts_with("20"), "{items:?}");
    let made = moto.cloudfront.list_invalidations().distribution_id(&distribution).send().await.unwrap();
    let made = made.invalidation_list().unwrap().items();
    assert_eq!((made.len(), made[0].id()), (1, text(&items[0], "invalidation_id")));
}
