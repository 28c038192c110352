//! Where a journey begins.

use tests::browser::{Browser, BrowserSettings};
use tests::cloud::Cloud;
use tests::hosted_ui::Person;
use tests::{Failure, SignInAt};

/// The names of the gate's cookies.
pub(crate) const ID_TOKEN: &str = "__Host-id-token";
pub(crate) const ACCESS_TOKEN: &str = "__Host-access-token";
pub(crate) const REFRESH_TOKEN: &str = "__Host-refresh-token";

/// Makes tests of journeys that are the same wherever people sign in: `at_the_user_pool::…` and
/// `at_a_strangers_provider::…`.
macro_rules! wherever_people_sign_in {
    (@ $place:ident, $at:ident, $($journey:ident),+) => {
        mod $place {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() -> tests::Journey {
                super::$journey(tests::SignInAt::$at).await
            })+
        }
    };
    ($($journey:ident),+ $(,)?) => {
        $crate::stage::wherever_people_sign_in!(@ at_the_user_pool, UserPool, $($journey),+);
        $crate::stage::wherever_people_sign_in!(@ at_a_strangers_provider, StrangersProvider, $($journey),+);
    };
}
pub(crate) use wherever_people_sign_in;

/// A cloud whose people sign in there, and a browser that has never been there.
pub(crate) async fn cloud_and_browser(at: SignInAt) -> Result<(Cloud, Browser), Failure> {
    cloud_and(at, BrowserSettings::default()).await
}

/// The same with a browser that is set up otherwise.
pub(crate) async fn cloud_and(at: SignInAt, settings: BrowserSettings) -> Result<(Cloud, Browser), Failure> {
    let (cloud, browser) = tokio::join!(Cloud::with(at), Browser::with(settings));
    Ok((cloud?, browser?))
}

/// A browser in which somebody has signed in to a page and sees its heading.
pub(crate) async fn signed_in(
    at: SignInAt,
    person: Person,
    path: &str,
    heading: &str,
) -> Result<(Cloud, Browser), Failure> {
    let (cloud, browser) = cloud_and_browser(at).await?;
    browser.open(&cloud.page(path)).await?;
    cloud.sign_in(&browser, person).await?;
    browser.arrives_at(&cloud.page(path)).await?;
    browser.sees_heading(heading).await?;
    Ok((cloud, browser))
}

/// Lets the time of the session's tokens run out, as an hour would.
pub(crate) async fn let_tokens_end(cloud: &Cloud, browser: &Browser, person: Person) -> Result<(), Failure> {
    let refresh_token = browser.cookie(REFRESH_TOKEN).await?.unwrap();
    let ended = cloud.ended_session(person, &refresh_token).await?;
    browser.replace_cookie(ID_TOKEN, &ended.id_token).await?;
    browser.replace_cookie(ACCESS_TOKEN, &ended.access_token).await?;
    browser.replace_cookie(REFRESH_TOKEN, &ended.refresh_token).await?;
    Ok(())
}

/// The status of the page that the browser shows.
pub(crate) async fn status(browser: &Browser) -> Result<u64, Failure> {
    let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
    Ok(browser.run(script, &[]).await?.as_u64().unwrap())
}
