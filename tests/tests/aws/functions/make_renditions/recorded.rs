//! What becomes of an upload.

use std::collections::BTreeMap;

use image::ImageFormat;
use serde_json::{Value, json};
use stack::bucket::ObjectMetadata;

use super::setting::{Function, encoded, plain};
use crate::functions::bucket_event::{created, test_event, together};

/// Key, type and bytes of all that readers get.
fn files(function: &Function, media: &str) -> BTreeMap<String, (Option<String>, Vec<u8>)> {
    let files = function.files(media);
    files
        .iter()
        .map(|file| (file.key.clone(), (file.metadata.content_type.clone(), file.body.to_vec())))
        .collect()
}

#[tokio::test]
async fn an_upload_becomes_files_for_readers_and_a_record() {
    let function = Function::start().await;
    let png = encoded(&plain(700, 350), ImageFormat::Png);
    let size = png.len();
    function.take("m1", "Summer%20Photo.PNG", png).await.unwrap();
    let item = function.item("m1").unwrap();
    let text = |name: &str| item[name]["S"].as_str().unwrap_or_default();
    assert_eq!(
        (text("state"), text("type"), text("section"), text("name")),
        ("ready", "image/png", "/news/", "summer-photo")
    );
    assert_eq!(
        (&item["width"]["N"], &item["height"]["N"], &item["size"]["N"]),
        (&json!("700"), &json!("350"), &json!(size.to_string()))
    );
    assert!(text("at").starts_with("20"), "{item}");
    assert!(!text("thumbhash").is_empty(), "{item}");
    let told: Vec<Value> = serde_json::from_str(text("renditions")).unwrap();
    let made = function.files("m1");
    assert_eq!(told.len(), made.len());
    for rendition in told {
        let key = format!("site{}", rendition["url"].as_str().unwrap());
        let file = made.iter().find(|file| file.key == key).unwrap_or_else(|| panic!("{key} is not there"));
        assert_eq!(file.metadata.content_type.as_deref(), rendition["type"].as_str());
        assert_eq!(file.metadata.cache_control.as_deref(), Some("max-age=31536000, immutable"));
        assert!(file.metadata.user["cache-tag"].starts_with("o-"), "{:?}", file.metadata.user);
        let seen = image::load_from_memory(&file.body).unwrap();
        assert_eq!(
            (json!(seen.width()), json!(seen.height())),
            (rendition["width"].clone(), rendition["height"].clone())
        );
    }
}

#[tokio::test]
async fn events_that_come_twice_late_or_together_make_the_same_bytes() {
    let function = Function::start().await;
    let first = function.upload("m1", "a.png", encoded(&plain(400, 300), ImageFormat::Png));
    let second = function.upload("m2", "b.jpg", encoded(&plain(300, 400), ImageFormat::Jpeg));
    function.running.call(&together([created(&second), created(&first), created(&second)])).await.unwrap();
    let (one, two) = (files(&function, "m1"), files(&function, "m2"));
    assert!(!one.is_empty() && !two.is_empty());
    function.running.call(&created(&first)).await.unwrap();
    function.running.call(&created(&second)).await.unwrap();
    assert_eq!((files(&function, "m1"), files(&function, "m2")), (one, two));
}

#[tokio::test]
async fn what_is_none_of_its_business_is_left_alone() {
    let function = Function::start().await;
    function.running.call(&test_event()).await.unwrap();
    // Gone again before the event came.
    function.running.call(&created("uploads/gone")).await.unwrap();
    function.aws.bucket.put("elsewhere/a.png", "x", ObjectMetadata::default());
    function.running.call(&created("elsewhere/a.png")).await.unwrap();
    // Put by somebody who has keys of the bucket, not by what the API signed.
    function.aws.bucket.put("uploads/unsigned", "x", ObjectMetadata::default());
    function.running.call(&created("uploads/unsigned")).await.unwrap();
    function.running.line(|line| line["fields"]["key"] == "uploads/unsigned").await.unwrap();
    assert!(function.aws.site.list("").is_empty());
    assert!(function.aws.services.records.items(tests::local_aws::TABLE).is_empty());
}

#[tokio::test]
async fn what_is_no_event_of_the_buckets_is_an_error() {
    let function = Function::start().await;
    assert!(!function.running.fails(&json!({"Records": [{"eventName": 7}]})).await.unwrap().is_empty());
}
