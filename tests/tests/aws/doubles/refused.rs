//! What is not known is refused, loudly; and what DynamoDB refuses, both doubles do.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use super::ground::{Ground, TABLE, at_both, item, s};

at_both!(what_dynamodb_refuses_is_refused);

fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> &str {
    error.code().unwrap_or_default()
}

async fn what_dynamodb_refuses_is_refused(ground: &Ground) {
    let put =
        |pairs: &[(&str, &str)]| ground.dynamodb.put_item().table_name(TABLE).set_item(Some(item(pairs)));
    assert_eq!(code(&put(&[("pk", "A")]).send().await.unwrap_err()), "ValidationException");
    assert_eq!(code(&put(&[("pk", "A"), ("sk", "")]).send().await.unwrap_err()), "ValidationException");
    let elsewhere = put(&[("pk", "A"), ("sk", "1")]).table_name("none");
    assert_eq!(code(&elsewhere.send().await.unwrap_err()), "ResourceNotFoundException");
    assert_eq!(ground.get("A", "1").await, None);
}

/// moto takes them.
#[tokio::test]
async fn reserved_words_and_unused_values_are_refused() {
    let ground = Ground::local().await;
    let put =
        || ground.dynamodb.put_item().table_name(TABLE).set_item(Some(item(&[("pk", "A"), ("sk", "1")])));
    let reserved = put().condition_expression("attribute_not_exists(name)");
    assert_eq!(code(&reserved.send().await.unwrap_err()), "ValidationException");
    let unused = put().condition_expression("attribute_not_exists(pk)");
    let unused = unused.expression_attribute_values(":x", s("x"));
    assert_eq!(code(&unused.send().await.unwrap_err()), "ValidationException");
    assert_eq!(ground.get("A", "1").await, None);
}

#[tokio::test]
async fn operations_that_are_not_known_are_refused_by_name() {
    let ground = Ground::local().await;
    let scan = ground.dynamodb.scan().table_name(TABLE).send().await.unwrap_err();
    assert_eq!(code(&scan), "UnknownOperationException");
    let put = ground.ssm.put_parameter().name("/a").value("b").send().await.unwrap_err();
    assert_eq!(code(&put), "UnknownOperationException");
    let delete = ground.dynamodb.update_item().table_name(TABLE).key("pk", s("A")).key("sk", s("1"));
    let delete = delete.update_expression("DELETE tags :x").expression_attribute_values(":x", s("x"));
    assert_eq!(code(&delete.send().await.unwrap_err()), "ValidationException");
}
