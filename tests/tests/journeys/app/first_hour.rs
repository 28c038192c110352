//! The list of what only a running site can show (`infra/first_hour.py`), asked of the local cloud.

use tests::cloud::Cloud;
use tests::hosted_ui::ADMIN;
use tests::{Failure, Journey};
use tokio::process::Command;

use super::stage::desk_of;

/// How the list ended that was asked with somebody's token, and what it said.
async fn asked(cloud: &Cloud, login: &str, patience: &str) -> Result<(Option<i32>, String), Failure> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/first_hour.py");
    let mut python = Command::new("python3");
    python.arg(script).env("SITE", cloud.site()).env("TOKEN", cloud.access_token(login)?);
    let ended = python.env("PATIENCE", patience).kill_on_drop(true).output().await?;
    let said = [ended.stdout, ended.stderr].concat();
    Ok((ended.status.code(), String::from_utf8_lossy(&said).into_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_point_of_the_first_hour_passes_here_and_nothing_is_left_behind() -> Journey {
    let (cloud, _browser) = desk_of(ADMIN).await?;
    let (code, said) = asked(&cloud, "admin", "60").await?;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("14 passed, 0 failed"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_that_fails_is_told_and_the_list_goes_on() -> Journey {
    let (cloud, _browser) = desk_of(ADMIN).await?;
    let (code, said) = asked(&cloud, "reader", "1").await?;
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("FAIL") && said.contains("the role of the token's person is reader, expected admin"),
        "{said}"
    );
    assert!(said.contains("pass") && said.contains("a missing page is the site's own"), "{said}");
    Ok(())
}
