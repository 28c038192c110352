//! On RDS: a password is made for each sign-in, and the first migration makes the role that the API is.

use std::sync::{Arc, Mutex};

use backend::store::{Passwords, Store};
use content::wire::SectionOrder;

use crate::conformance::cluster::Cluster;
use crate::conformance::fixture::{ada, ambient, section};

#[tokio::test]
async fn the_first_migration_makes_a_role_that_reads_and_writes_rows() {
    let cluster = Cluster::start().await;
    cluster.run("CREATE ROLE rds_iam").await;
    cluster.run("CREATE DATABASE rds").await;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let passwords = {
        let asked = Arc::clone(&asked);
        Passwords::new(move |login| {
            asked.lock().unwrap().push(login.user);
            Box::pin(async { Ok("for minutes".to_owned()) })
        })
    };
    let url = |user: &str| {
        let url = cluster.url("rds").replace("//postgres@", &format!("//{user}@"));
        format!("{url}&auth=iam&connections=1")
    };
    for _ in 0..2 {
        Store::migrate_with(&url("postgres"), Some(passwords.clone())).await.unwrap();
    }
    let clock = Arc::default();
    let store = Store::open_with(&url("app"), ambient(&clock), Some(passwords.clone())).await.unwrap();
    store.create_section(&ada(), &section("/x/", SectionOrder::Newest)).await.unwrap();
    assert_eq!(store.sections().await.unwrap().len(), 2);
    store.close().await;
    assert_eq!(*asked.lock().unwrap(), ["postgres", "postgres", "app"]);
    assert!(Store::migrate_with(&url("app"), Some(passwords)).await.is_err(), "it may change tables");
    let nobody = Store::open(&url("app"), ambient(&clock)).await.unwrap_err();
    assert!(nobody.to_string().contains("auth=iam"), "{nobody}");
    cluster.stop();
}
