//! 9. The content security policy holds through a whole visit, and hostile markdown never runs.

use tests::Journey;
use tests::hosted_ui::ADMIN;

use super::stage::{begin_entry, desk_of, shows};

const HOSTILE: &str = "<script>window.ran = 1</script>\n\n<img src=x onerror=\"window.ran = 2\">\n\n\
    [a](javascript:window.ran=3) ![b](javascript:window.ran=4) <svg onload=window.ran=5>\n\n\
    [c](data:text/html,<script>window.ran=6</script>)\n\nThe end.";

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_visit_breaks_no_policy_and_runs_nothing() -> Journey {
    let (cloud, browser) = desk_of(ADMIN).await?;
    browser.console().await?;
    begin_entry(&browser, "Hostile", "/news/", HOSTILE).await?;
    shows(&browser, "#preview", "The end.").await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    for (path, heading) in [
        ("/admin/media", "Media"),
        ("/admin/activity", "Activity"),
        ("/admin/site", "Site"),
        ("/admin/profile", "Profile"),
    ] {
        browser.open(&cloud.page(path)).await?;
        browser.sees_heading(heading).await?;
    }
    assert_eq!(browser.run("return window.ran === undefined", &[]).await?, true);
    let complaints: Vec<_> =
        browser.console().await?.into_iter().filter(|line| line.level != "INFO").collect();
    assert_eq!(complaints, [], "the console complains");
    Ok(())
}
