//! `[cms]`.

use super::*;

#[test]
fn a_line_is_enough_for_a_cms() {
    let cms = right(&with("[cms]")).cms.unwrap();
    assert_eq!((cms.database_class.as_str(), cms.multi_az), ("db.t4g.micro", false));
    assert_eq!((cms.storage_gib, cms.backup_days, cms.concurrency), (20, 7, 20));
    assert_eq!((cms.greeting.as_str(), cms.roles), ("", Vec::new()));
    assert_eq!(right(MINIMAL).cms, None);
}

#[test]
fn it_has_a_database_a_greeting_and_groups_of_its_own() {
    let more = "[cms]\ndatabase_class = \"db.r8g.large\"\nmulti_az = true\nstorage_gib = 100\nbackup_days = 35\n\
                concurrency = 50\ngreeting = \"Hello.\"\neditors = \"desk\"";
    let cms = right(&with(more)).cms.unwrap();
    assert_eq!((cms.database_class.as_str(), cms.multi_az), ("db.r8g.large", true));
    assert_eq!((cms.storage_gib, cms.backup_days, cms.concurrency), (100, 35, 50));
    assert_eq!((cms.greeting.as_str(), cms.roles), ("Hello.", vec![("editors", "desk".to_owned())]));
}

#[test]
fn what_rds_would_refuse_is_refused() {
    for class in ["t4g.micro", "db.t4g", "db.T4g.micro", "db.t4g.micro.", ""] {
        wrong(&with(&format!("[cms]\ndatabase_class = {class:?}")), &["cms.database_class"]);
    }
    for (key, number) in [("storage_gib", 19), ("backup_days", 0), ("backup_days", 36), ("concurrency", 1)] {
        wrong(&with(&format!("[cms]\n{key} = {number}")), &[&format!("cms.{key}")]);
    }
    wrong(&with("[cms]\ngreeting = \"two\\nlines\"\nsize = 1"), &["cms.greeting", "cms.size"]);
}

#[test]
fn it_is_the_api_of_the_site_that_is_deployed_with_it() {
    wrong(&with("[api]\ndomain = \"api.example.com\"\n[cms]"), &["api"]);
    wrong(&with("bucket = \"my-site\"\n[cms]"), &["site.bucket"]);
    wrong(&with("prefix = \"pages\"\n[cms]"), &["site.prefix"]);
    let routes = right(&with("[cms]")).routes;
    assert!(routes.iter().any(|route| route.kind == RouteKind::Api), "{routes:?}");
}

#[test]
fn access_logs_are_not_delivered_everywhere() {
    wrong(&MINIMAL.replace("eu-central-1", "eu-central-2"), &["region"]);
}
