//! A reader with two tabs, each at another page when the sign-in page comes.

use tests::hosted_ui::READER;
use tests::{Journey, SignInAt};

use crate::stage::{cloud_and_browser, wherever_people_sign_in};

wherever_people_sign_in!(
    two_tabs_finished_in_order_each_end_on_their_own_page,
    two_tabs_finished_in_the_other_order_each_end_on_their_own_page,
);

const FIRST: (&str, &str) = ("/guide/?tab=1", "Guide");
const SECOND: (&str, &str) = ("/guide/sessions/?tab=2", "How long you stay signed in");

async fn two_tabs_finished_in_order_each_end_on_their_own_page(at: SignInAt) -> Journey {
    finish(at, &[0, 1]).await
}

async fn two_tabs_finished_in_the_other_order_each_end_on_their_own_page(at: SignInAt) -> Journey {
    finish(at, &[1, 0]).await
}

async fn finish(at: SignInAt, order: &[usize]) -> Journey {
    let (cloud, browser) = cloud_and_browser(at).await?;
    let first = browser.window().await?;
    browser.open(&cloud.page(FIRST.0)).await?;
    cloud.asks_who_is_there(&browser).await?;
    let second = browser.open_tab().await?;
    browser.open(&cloud.page(SECOND.0)).await?;
    cloud.asks_who_is_there(&browser).await?;

    let tabs = [(first, FIRST), (second, SECOND)];
    for &turn in order {
        let (tab, (path, heading)) = &tabs[turn];
        browser.look_at(tab).await?;
        cloud.sign_in(&browser, READER).await?;
        browser.arrives_at(&cloud.page(path)).await?;
        browser.sees_heading(heading).await?;
    }
    for (tab, (path, heading)) in &tabs {
        browser.look_at(tab).await?;
        browser.open(&cloud.page(path)).await?;
        browser.arrives_at(&cloud.page(path)).await?;
        browser.sees_heading(heading).await?;
    }
    assert_eq!(cloud.events("sign_in").len(), 2);
    assert!(cloud.events("refusal").iter().all(|line| line["path"] == "/favicon.ico"));
    Ok(())
}
