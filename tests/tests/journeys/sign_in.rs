//! A reader signs in.

use serde_json::json;
use tests::hosted_ui::{EDITOR, READER};
use tests::{Journey, SignInAt};

use crate::stage::{
    ACCESS_TOKEN, ID_TOKEN, REFRESH_TOKEN, cloud_and_browser, signed_in, wherever_people_sign_in,
};

wherever_people_sign_in!(
    a_reader_signs_in_and_comes_to_the_page_first_asked_for,
    no_script_can_read_what_a_sign_in_leaves,
);

async fn a_reader_signs_in_and_comes_to_the_page_first_asked_for(at: SignInAt) -> Journey {
    let (cloud, browser) = cloud_and_browser(at).await?;
    let page = cloud.page("/guide/sessions/?q=1%20%2B%201%20%26%20more&q=2&to=//elsewhere.example");
    browser.open(&page).await?;
    assert!(
        browser.address().await?.as_str().starts_with(&cloud.hosted_ui("/")),
        "it begins at the hosted UI"
    );
    cloud.sign_in(&browser, READER).await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("How long you stay signed in").await?;
    assert_eq!(cloud.events("sign_in_started").len(), 1);
    assert_eq!(cloud.code_requests().await?, 1);

    // Another page needs no second sign-in, and not another token.
    browser.press("Home").await?;
    browser.sees_heading("You are inside").await?;
    assert_eq!(cloud.code_requests().await?, 1);
    assert_eq!(cloud.refresh_requests().await?, 0);
    Ok(())
}

async fn no_script_can_read_what_a_sign_in_leaves(at: SignInAt) -> Journey {
    let (_cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    let cookies = browser.cookies().await?;
    let mut names: Vec<_> = cookies.iter().map(|cookie| cookie.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, [ACCESS_TOKEN, ID_TOKEN, REFRESH_TOKEN], "and no cookie of the sign-in is left");
    for cookie in &cookies {
        assert!(cookie.http_only && cookie.secure, "{} must be HttpOnly and Secure", cookie.name);
        assert_eq!((cookie.same_site.as_str(), cookie.path.as_str()), ("Lax", "/"), "{}", cookie.name);
    }
    assert_eq!(browser.run("return document.cookie", &[]).await?, "");
    let session = browser.fetch("/auth/session", json!({})).await?;
    assert_eq!(session.status, 200);
    for cookie in &cookies {
        assert!(!session.body.contains(&cookie.value), "{} is told to scripts", cookie.name);
    }
    Ok(())
}
