//! The list of what only a running site can show (`infra/first_hour.py`), asked of the local cloud.

use tests::Journey;
use tests::hosted_ui::ADMIN;
use tokio::process::Command;

use super::stage::desk_of;

#[tokio::test(flavor = "multi_thread")]
async fn every_point_of_the_first_hour_passes_here_and_nothing_is_left_behind() -> Journey {
    let (cloud, _browser) = desk_of(ADMIN).await?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/first_hour.py");
    let mut python = Command::new("python3");
    python
        .arg(script)
        .env("SITE", cloud.site())
        .env("TOKEN", cloud.access_token("admin")?)
        .env("PATIENCE", "60");
    let ended = python.kill_on_drop(true).output().await?;
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    assert!(said.contains("14 passed, 0 failed"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_that_fails_is_told_and_the_list_goes_on() -> Journey {
    let (cloud, _browser) = desk_of(ADMIN).await?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/first_hour.py");
    let mut python = Command::new("python3");
    python
        .arg(script)
        .env("SITE", cloud.site())
        .env("TOKEN", cloud.access_token("reader")?)
        .env("PATIENCE", "1");
    let ended = python.kill_on_drop(true).output().await?;
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(
        said.contains("FAIL") && said.contains("the role of the token's person is reader, expected admin"),
        "{said}"
    );
    assert!(said.contains("pass") && said.contains("a missing page is the site's own"), "{said}");
    Ok(())
}
