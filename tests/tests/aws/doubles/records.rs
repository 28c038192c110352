//! Items: put, read, changed and deleted, with and without conditions.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};

use super::ground::{Ground, TABLE, at_both, item, n, s};

at_both!(
    an_item_is_put_read_and_deleted,
    a_conditional_put_happens_once,
    an_update_makes_changes_and_removes,
    a_condition_that_fails_shows_the_item,
    a_counter_counts,
);

async fn an_item_is_put_read_and_deleted(ground: &Ground) {
    assert_eq!(ground.get("A", "1").await, None);
    let whole = [("pk", "A"), ("sk", "1"), ("text", "ä \u{1f600} \"x\"")];
    ground.put(&whole).await;
    assert_eq!(ground.get("A", "1").await, Some(item(&whole)));
    let old = ground.dynamodb.put_item().table_name(TABLE).return_values(ReturnValue::AllOld);
    let old = old.set_item(Some(item(&[("pk", "A"), ("sk", "1")]))).send().await.unwrap();
    assert_eq!(old.attributes, Some(item(&whole)));
    let delete = || ground.dynamodb.delete_item().table_name(TABLE).key("pk", s("A")).key("sk", s("1"));
    let gone = delete().return_values(ReturnValue::AllOld).send().await.unwrap();
    assert_eq!(gone.attributes, Some(item(&[("pk", "A"), ("sk", "1")])));
    assert_eq!(ground.get("A", "1").await, None);
    delete().send().await.unwrap();
    let gone = delete().condition_expression("attribute_exists(pk)").send().await.unwrap_err();
    assert!(gone.as_service_error().unwrap().is_conditional_check_failed_exception());
}

async fn a_conditional_put_happens_once(ground: &Ground) {
    let put = |text: &str| {
        let put =
            ground.dynamodb.put_item().table_name(TABLE).condition_expression("attribute_not_exists(pk)");
        put.set_item(Some(item(&[("pk", "A"), ("sk", "1"), ("text", text)]))).send()
    };
    put("one").await.unwrap();
    let error = put("two").await.unwrap_err();
    assert!(error.as_service_error().unwrap().is_conditional_check_failed_exception());
    assert_eq!(ground.get("A", "1").await.unwrap()["text"], s("one"));
}

async fn an_update_makes_changes_and_removes(ground: &Ground) {
    let update = |expression: &str| {
        let update = ground.dynamodb.update_item().table_name(TABLE).key("pk", s("A")).key("sk", s("1"));
        update.update_expression(expression).return_values(ReturnValue::AllNew)
    };
    let made = update("SET #state = :state, tries = :one").expression_attribute_names("#state", "state");
    let made =
        made.expression_attribute_values(":state", s("ready")).expression_attribute_values(":one", n(1));
    let made = made.send().await.unwrap().attributes.unwrap();
    assert_eq!((&made["pk"], &made["state"], &made["tries"]), (&s("A"), &s("ready"), &n(1)));
    let changed = update("SET tries = if_not_exists(tries, :ten) + :ten REMOVE #state");
    let changed =
        changed.expression_attribute_names("#state", "state").expression_attribute_values(":ten", n(10));
    let changed = changed.send().await.unwrap().attributes.unwrap();
    assert_eq!((changed.get("state"), &changed["tries"]), (None, &n(11)));
}

async fn a_condition_that_fails_shows_the_item(ground: &Ground) {
    ground.put(&[("pk", "A"), ("sk", "1"), ("moment", "2026-11-26T21:00:00Z")]).await;
    let update = |since: &str| {
        let update = ground.dynamodb.update_item().table_name(TABLE).key("pk", s("A")).key("sk", s("1"));
        let update = update.update_expression("SET moment = :moment");
        let update = update.condition_expression("attribute_not_exists(moment) OR moment < :since");
        let update = update.expression_attribute_values(":since", s(since));
        let update = update.expression_attribute_values(":moment", s("2026-11-26T21:00:05Z"));
        update.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld).send()
    };
    let error = update("2026-11-26T20:59:55Z").await.unwrap_err().into_service_error();
    match error {
        aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(
            failed,
        ) => {
            assert_eq!(failed.item().unwrap()["moment"], s("2026-11-26T21:00:00Z"));
        }
        other => panic!("{other:?}"),
    }
    update("2026-11-26T21:00:01Z").await.unwrap();
    assert_eq!(ground.get("A", "1").await.unwrap()["moment"], s("2026-11-26T21:00:05Z"));
}

async fn a_counter_counts(ground: &Ground) {
    let add = || {
        let update = ground.dynamodb.update_item().table_name(TABLE).key("pk", s("A")).key("sk", s("1"));
        let update =
            update.update_expression("ADD hits :one, tags :tag").expression_attribute_values(":one", n(1));
        let tag = AttributeValue::Ss(vec!["a".to_owned()]);
        update.expression_attribute_values(":tag", tag).send()
    };
    add().await.unwrap();
    add().await.unwrap();
    let counted = ground.get("A", "1").await.unwrap();
    assert_eq!((&counted["hits"], counted["tags"].as_ss().unwrap().len()), (&n(2), 1));
}
