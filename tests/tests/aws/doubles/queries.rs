//! Queries: of a partition, of an index, from page to page.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;

use super::ground::{Ground, TABLE, at_both, s};

at_both!(
    a_partition_is_listed_in_order,
    pages_follow_one_another,
    the_index_by_day_has_what_has_a_day,
    filters_and_projections_narrow_down,
);

async fn filled(ground: &Ground) {
    for (pk, sk, day) in [
        ("USER#1", "2026-11-25T09:00:00Z#a", Some("2026-11-25")),
        ("USER#1", "2026-11-26T09:00:00Z#b", Some("2026-11-26")),
        ("USER#2", "2026-11-26T08:00:00Z#c", Some("2026-11-26")),
        ("USER#2", "2026-11-26T10:00:00Z#d", Some("2026-11-26")),
        ("USER#1", "LAST", None),
    ] {
        let day = day.map(|day| ("day", day));
        let pairs: Vec<_> = [("pk", pk), ("sk", sk), ("who", pk)].into_iter().chain(day).collect();
        ground.put(&pairs).await;
    }
}

fn query(ground: &Ground) -> QueryFluentBuilder {
    ground.dynamodb.query().table_name(TABLE)
}

async fn keys(query: QueryFluentBuilder) -> Vec<String> {
    let items = query.send().await.unwrap().items.unwrap_or_default();
    items.iter().map(|item| item["sk"].as_s().unwrap().clone()).collect()
}

async fn a_partition_is_listed_in_order(ground: &Ground) {
    filled(ground).await;
    let of = |condition: &str| {
        query(ground).key_condition_expression(condition).expression_attribute_values(":pk", s("USER#1"))
    };
    let all = ["2026-11-25T09:00:00Z#a", "2026-11-26T09:00:00Z#b", "LAST"];
    assert_eq!(keys(of("pk = :pk")).await, all);
    let newest = of("pk = :pk").scan_index_forward(false);
    assert_eq!(keys(newest).await, ["LAST", "2026-11-26T09:00:00Z#b", "2026-11-25T09:00:00Z#a"]);
    let from = of("pk = :pk AND sk >= :sk").expression_attribute_values(":sk", s("2026-11-26"));
    assert_eq!(keys(from).await, all[1..]);
    let day = of("pk = :pk AND begins_with(sk, :sk)").expression_attribute_values(":sk", s("2026-11-25"));
    assert_eq!(keys(day).await, all[..1]);
    let between = of("pk = :pk AND sk BETWEEN :from AND :to");
    let between =
        between.expression_attribute_values(":from", s("2026")).expression_attribute_values(":to", s("2027"));
    assert_eq!(keys(between).await, all[..2]);
}

async fn pages_follow_one_another(ground: &Ground) {
    filled(ground).await;
    let (mut found, mut start) = (Vec::new(), None);
    loop {
        let page = query(ground).index_name("by-day").key_condition_expression("#day = :day");
        let page = page.expression_attribute_names("#day", "day");
        let page =
            page.expression_attribute_values(":day", s("2026-11-26")).limit(2).set_exclusive_start_key(start);
        let page = page.scan_index_forward(false).send().await.unwrap();
        found.extend(page.items().iter().map(|item| item["sk"].as_s().unwrap().clone()));
        assert!(page.count <= 2);
        start = page.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(found, ["2026-11-26T10:00:00Z#d", "2026-11-26T09:00:00Z#b", "2026-11-26T08:00:00Z#c"]);
}

async fn the_index_by_day_has_what_has_a_day(ground: &Ground) {
    filled(ground).await;
    let of = |condition: &str| {
        let query = query(ground).index_name("by-day").key_condition_expression(condition);
        query.expression_attribute_names("#day", "day").expression_attribute_values(":day", s("2026-11-26"))
    };
    let before =
        of("#day = :day AND sk < :before").expression_attribute_values(":before", s("2026-11-26T10"));
    assert_eq!(keys(before).await, ["2026-11-26T08:00:00Z#c", "2026-11-26T09:00:00Z#b"]);
    assert_eq!(keys(of("#day = :day")).await.len(), 3);
}

async fn filters_and_projections_narrow_down(ground: &Ground) {
    filled(ground).await;
    let query =
        query(ground).key_condition_expression("pk = :pk").expression_attribute_values(":pk", s("USER#1"));
    let query = query.filter_expression("attribute_exists(#day)").expression_attribute_names("#day", "day");
    let answer = query.projection_expression("sk, who").send().await.unwrap();
    assert_eq!((answer.count, answer.scanned_count), (2, 3));
    assert!(answer.items().iter().all(|item| item.len() == 2 && item.contains_key("who")));
}
