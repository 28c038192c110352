//! AWS's own SDK against the one endpoint of the local stack: what an operator's deployment calls.

use aws_credential_types::Credentials;
use aws_sdk_cloudfront::types::{EventType, InvalidationBatch, Paths};
use aws_sdk_s3::{
    config::{BehaviorVersion, Region},
    primitives::ByteStream,
    types::{ChecksumMode, Delete, ObjectIdentifier},
};
use aws_smithy_http_client::Builder;
use stack::local::{AwsEndpoint, Site};

use crate::cdn::stand::{Stand, listener};

const BUCKET: &str = "parapet-site";
const DISTRIBUTION: &str = "E1LOCALPARAPET";

struct Cloud {
    stand: Stand,
    _endpoint: AwsEndpoint,
    s3: aws_sdk_s3::Client,
    cloudfront: aws_sdk_cloudfront::Client,
}

async fn cloud() -> Cloud {
    let stand = Stand::of_site(&Site::local().unwrap()).await;
    let endpoint = AwsEndpoint::start(stand.bucket.clone(), &stand.cdn, listener().await).unwrap();
    let credentials = Credentials::new("local", "local", None, None, "test");
    let s3 = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("ap-southeast-1"))
        .credentials_provider(credentials.clone())
        .endpoint_url(endpoint.url())
        .force_path_style(true)
        .http_client(Builder::new().build_http())
        .build();
    let cloudfront = aws_sdk_cloudfront::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials)
        .endpoint_url(endpoint.url())
        .http_client(Builder::new().build_http())
        .build();
    let (s3, cloudfront) =
        (aws_sdk_s3::Client::from_conf(s3), aws_sdk_cloudfront::Client::from_conf(cloudfront));
    Cloud { stand, _endpoint: endpoint, s3, cloudfront }
}

#[tokio::test]
async fn an_object_is_put_read_copied_and_deleted() {
    let Cloud { stand, s3, .. } = &cloud().await;
    let put = async |text: &'static str| {
        let request = s3.put_object().bucket(BUCKET).key("site/ä b/index.html").content_type("text/html");
        let request = request.cache_control("no-cache").content_encoding("br").metadata("sha256", "abc");
        request.body(ByteStream::from_static(text.as_bytes())).send().await.unwrap()
    };
    let (one, two) = (put("one").await, put("two").await);
    assert!(
        one.checksum_crc32().is_some() && one.e_tag() != two.e_tag() && one.version_id() != two.version_id()
    );
    let head =
        s3.head_object().bucket(BUCKET).key("site/ä b/index.html").checksum_mode(ChecksumMode::Enabled);
    let head = head.send().await.unwrap();
    assert_eq!(
        (head.content_length(), head.cache_control(), head.content_encoding()),
        (Some(3), Some("no-cache"), Some("br"))
    );
    assert_eq!((head.e_tag(), head.checksum_crc32()), (two.e_tag(), two.checksum_crc32()));
    assert_eq!(head.metadata().unwrap()["sha256"], "abc");
    let read = async |version: Option<&str>| {
        let request =
            s3.get_object().bucket(BUCKET).key("site/ä b/index.html").set_version_id(version.map(Into::into));
        request.send().await.unwrap().body.collect().await.unwrap().to_vec()
    };
    assert_eq!((read(None).await, read(one.version_id()).await), (b"two".to_vec(), b"one".to_vec()));

    let source = format!("{BUCKET}/site/%C3%A4%20b/index.html?versionId={}", one.version_id().unwrap());
    let copied = s3.copy_object().bucket(BUCKET).key("site/copy").copy_source(source).send().await.unwrap();
    assert_eq!(copied.copy_object_result().unwrap().e_tag(), one.e_tag());
    let copy = stand.bucket.head("site/copy").unwrap();
    assert_eq!((&copy.body[..], copy.metadata.cache_control.as_deref()), (&b"one"[..], Some("no-cache")));

    let deleted = s3.delete_object().bucket(BUCKET).key("site/copy").send().await.unwrap();
    assert_eq!(deleted.delete_marker(), Some(true));
    let missing = s3.head_object().bucket(BUCKET).key("site/copy").send().await.unwrap_err();
    assert!(missing.into_service_error().is_not_found());
    let missing = s3.get_object().bucket(BUCKET).key("site/copy").send().await.unwrap_err();
    assert!(missing.into_service_error().is_no_such_key());
}

#[tokio::test]
async fn a_file_goes_up_in_chunks_with_its_checksum_behind() {
    let Cloud { stand, s3, .. } = &cloud().await;
    let bytes: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    let body = ByteStream::from_path(file.path()).await.unwrap();
    s3.put_object().bucket(BUCKET).key("site/app.wasm").body(body).send().await.unwrap();
    let object = stand.bucket.head("site/app.wasm").unwrap();
    assert!(object.body == bytes && object.metadata.checksum.is_some());
    assert_eq!(object.metadata.content_encoding, None);
    let read = s3.get_object().bucket(BUCKET).key("site/app.wasm").checksum_mode(ChecksumMode::Enabled);
    assert_eq!(read.send().await.unwrap().body.collect().await.unwrap().to_vec(), bytes);
}

#[tokio::test]
async fn conditions_fail_as_the_sdk_knows_them() {
    let Cloud { s3, .. } = &cloud().await;
    let put = || s3.put_object().bucket(BUCKET).key(".parapet/lock").body(ByteStream::from_static(b"x"));
    let first = put().if_none_match("*").send().await.unwrap();
    let code = |error: aws_sdk_s3::error::SdkError<aws_sdk_s3::operation::put_object::PutObjectError>| {
        let status = error.raw_response().unwrap().status().as_u16();
        (status, error.into_service_error().meta().code().unwrap().to_owned())
    };
    let refused = (412, "PreconditionFailed".to_owned());
    assert_eq!(code(put().if_none_match("*").send().await.unwrap_err()), refused);
    assert_eq!(code(put().if_match("\"other\"").send().await.unwrap_err()), refused);
    put().if_match(first.e_tag().unwrap()).send().await.unwrap();
}

#[tokio::test]
async fn thousands_of_keys_are_listed_and_deleted_in_pages() {
    let Cloud { stand, s3, .. } = &cloud().await;
    for number in 0..2_345 {
        stand.bucket.put(format!("site/{number:04} &.html"), "x", Default::default());
    }
    let mut pages = s3.list_objects_v2().bucket(BUCKET).prefix("site/").into_paginator().send();
    let (mut keys, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.next().await {
        count += 1;
        keys.extend(page.unwrap().contents().iter().map(|object| object.key().unwrap().to_owned()));
    }
    assert_eq!((keys.len(), count, keys.is_sorted()), (2_345, 3, true));
    for some in keys.chunks(1_000) {
        let objects = some.iter().map(|key| ObjectIdentifier::builder().key(key).build().unwrap()).collect();
        let delete = Delete::builder().set_objects(Some(objects)).build().unwrap();
        let deleted = s3.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
        assert_eq!((deleted.deleted().len(), deleted.errors().len()), (some.len(), 0));
    }
    assert!(stand.bucket.list("").is_empty());
}

fn batch(reference: &str, paths: &[&str]) -> InvalidationBatch {
    let items = paths.iter().map(|path| (*path).to_owned()).collect();
    let quantity = i32::try_from(paths.len()).unwrap();
    let paths = Paths::builder().quantity(quantity).set_items(Some(items)).build().unwrap();
    InvalidationBatch::builder().caller_reference(reference).paths(paths).build().unwrap()
}

#[tokio::test]
async fn an_invalidation_reaches_the_cache_once_for_one_caller_reference() {
    let Cloud { stand, s3, cloudfront, .. } = &cloud().await;
    let put = async |text: &'static str| {
        let request = s3.put_object().bucket(BUCKET).key("site/a.html").cache_control("max-age=600");
        request.body(ByteStream::from_static(text.as_bytes())).send().await.unwrap()
    };
    put("old").await;
    assert_eq!(stand.get("/a.html").await.text(), "old");
    put("new").await;
    assert_eq!(stand.get("/a.html").await.text(), "old");
    let create = async |paths: &[&str]| {
        let request = cloudfront.create_invalidation().distribution_id(DISTRIBUTION);
        request.invalidation_batch(batch("deploy-1", paths)).send().await
    };
    let created = create(&["/a.html"]).await.unwrap().invalidation.unwrap();
    let again = create(&["/a.html"]).await.unwrap().invalidation.unwrap();
    assert_eq!(created.id(), again.id());
    let refused = create(&["/b.html"]).await.unwrap_err().into_service_error();
    assert_eq!(refused.meta().code(), Some("InvalidationBatchAlreadyExists"));
    let status = async || {
        let request = cloudfront.get_invalidation().distribution_id(DISTRIBUTION).id(created.id());
        request.send().await.unwrap().invalidation.unwrap().status
    };
    while status().await != "Completed" {
        tokio::task::yield_now().await;
    }
    assert_eq!(stand.get("/a.html").await.text(), "new");
    let listed = cloudfront.list_invalidations().distribution_id(DISTRIBUTION).send().await.unwrap();
    let listed = listed.invalidation_list.unwrap();
    assert_eq!(listed.items().iter().map(|one| one.id()).collect::<Vec<_>>(), [created.id()]);
    let missing =
        cloudfront.get_invalidation().distribution_id(DISTRIBUTION).id("I1").send().await.unwrap_err();
    assert!(missing.into_service_error().is_no_such_invalidation());
}

#[tokio::test]
async fn the_distribution_tells_its_functions_and_policies() {
    let Cloud { cloudfront, .. } = &cloud().await;
    let whole = cloudfront.get_distribution().id(DISTRIBUTION).send().await.unwrap();
    let distribution = whole.distribution.unwrap();
    assert_eq!(
        (distribution.status(), distribution.domain_name()),
        ("Deployed", "d111111abcdef8.cloudfront.net")
    );
    let told = cloudfront.get_distribution_config().id(DISTRIBUTION).send().await.unwrap();
    assert_eq!(told.e_tag(), Some("E1LOCAL"));
    let config = told.distribution_config.unwrap();
    assert_eq!(distribution.distribution_config(), Some(&config));
    let default = config.default_cache_behavior().unwrap();
    let behaviors = config.cache_behaviors().unwrap().items();
    assert_eq!(behaviors.iter().map(|one| one.path_pattern()).collect::<Vec<_>>(), ["/api/*", "/admin/*"]);
    let functions = behaviors.iter().map(|one| one.lambda_function_associations());
    let mut asked = Vec::new();
    for functions in functions.chain([default.lambda_function_associations()]) {
        let items = functions.unwrap().items();
        let [function, others @ ..] = items else { panic!("{items:?}") };
        assert_eq!(
            (function.event_type(), function.include_body()),
            (&EventType::ViewerRequest, Some(false))
        );
        assert!(others.iter().all(|other| *other.event_type() == EventType::OriginResponse));
        assert!(
            items
                .iter()
                .all(|one| { one.lambda_function_arn().ends_with(":function:parapet-local-edge-auth:1") })
        );
        asked.push(items.len());
    }
    assert_eq!(asked, [1, 2, 2], "the API's answers are its own");
    assert_eq!(config.cache_tag_config().map(|tags| tags.header_name()), Some("x-amz-meta-cache-tag"));
    assert_eq!(behaviors[0].origin_request_policy_id(), Some("b689b0a8-53d0-40ab-baf2-68738e2966ac"));
    assert_eq!(default.response_headers_policy_id(), Some("PagesHeaders"));
    assert_eq!(default.allowed_methods().unwrap().items().len(), 7);
    let origins = config.origins().unwrap().items();
    assert_eq!((origins[0].origin_path(), origins[1].domain_name()), (Some("/site"), "api.example.com"));
    assert!(config.enabled() && config.aliases().unwrap().items().is_empty());
    assert_eq!(config.custom_error_responses().unwrap().items().len(), 5);
    let missing = cloudfront.get_distribution_config().id("E2").send().await.unwrap_err();
    assert!(missing.into_service_error().is_no_such_distribution());
}

#[tokio::test]
async fn the_templates_response_headers_policies_can_be_read() {
    let Cloud { cloudfront, .. } = &cloud().await;
    let policy = async |id: &str| cloudfront.get_response_headers_policy().id(id).send().await;
    let app = policy("AppHeaders").await.unwrap().response_headers_policy.unwrap();
    let security = app.response_headers_policy_config().unwrap().security_headers_config().unwrap();
    let csp = security.content_security_policy().unwrap();
    assert!(csp.content_security_policy().contains("script-src 'self'") && csp.r#override());
    let transport = security.strict_transport_security().unwrap();
    assert_eq!((transport.access_control_max_age_sec(), transport.preload()), (31_536_000, Some(false)));
    assert_eq!(security.frame_options().unwrap().frame_option().as_str(), "DENY");
    assert!(security.content_type_options().is_some() && security.referrer_policy().is_some());
    let missing = policy("NoHeaders").await.unwrap_err();
    assert!(missing.into_service_error().is_no_such_response_headers_policy());
}
