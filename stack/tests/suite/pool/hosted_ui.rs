//! The pages themselves: headers, forgery, throttling, languages.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_SECURITY_POLICY, RETRY_AFTER};

use crate::pool::browser::{Browser, authorize_path};
use crate::pool::world::World;

#[tokio::test]
async fn every_page_has_a_strict_policy() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    for path in ["/", "/login", "/signup", "/forgotPassword", "/mailbox", "/logout", "/nothing"] {
        let page = browser.visit(path).await;
        let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}");
        // The site, and the two loopback callbacks of `parapet sign-in`.
        let clients = "http://localhost:8080 http://localhost:8976 http://localhost:8977";
        assert!(policy.contains(&format!("; form-action 'self' {clients};")), "{policy}");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{path}");
        assert_eq!(page.headers["cache-control"], "no-store");
    }
    for asset in ["/style.css", "/icon.svg"] {
        assert_eq!(browser.get(asset).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_cookie_is_refused() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = browser.visit(&authorize_path(&[])).await;
    let fields = [("username", "reader"), ("password", "Reader-1234")];
    browser.forget_cookies();
    let answer = browser.submit(&page, "/login", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::FORBIDDEN, None));
    let twice = [("_csrf", "x"), fields[0], fields[1]];
    let page = browser.visit(&authorize_path(&[])).await;
    let forged = page.body.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let tampered = crate::pool::browser::Answer { body: page.body.replace(&forged, "forged"), ..page };
    assert_eq!(browser.submit(&tampered, "/login", &twice).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_look_the_same() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let wrong = browser.sign_in("reader", "Wrong-1234", &[]).await;
    let unknown = browser.sign_in("nobody", "Wrong-1234", &[]).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::BAD_REQUEST, StatusCode::BAD_REQUEST));
    assert_eq!(wrong.body.replace("reader", "nobody"), unknown.body);
    wrong.shows("User name or password is not right");
}

#[tokio::test]
async fn guessing_is_slowed_by_the_clock() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    for _ in 0..5 {
        assert_eq!(browser.sign_in("reader", "Wrong-1234", &[]).await.status, StatusCode::BAD_REQUEST);
    }
    let locked = browser.sign_in("READER", "Reader-1234", &[]).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(locked.headers[RETRY_AFTER], "1");
    assert!(browser.sign_in("editor", "Editor-1234", &[]).await.returned("code").is_some());
    browser.forget_cookies();
    world.pass(1);
    assert!(browser.sign_in("reader", "Reader-1234", &[]).await.returned("code").is_some());
}

#[tokio::test]
async fn addresses_are_accepted_in_any_case() {
    let world = World::start().await;
    let answer = Browser::new(&world).sign_in(" Reader@Example.COM ", "Reader-1234", &[]).await;
    assert!(answer.returned("code").is_some());
}

#[tokio::test]
async fn lang_and_login_hint_shape_the_page_and_are_escaped() {
    let world = World::start().await;
    let hint = [("lang", "de"), ("login_hint", "a\"><b@example.com"), ("nonce", "n")];
    let page = Browser::new(&world).visit(&authorize_path(&hint)).await;
    page.shows("<html lang=\"de\">");
    page.shows("<h1>Anmelden</h1>");
    page.shows("value=\"a&quot;&gt;&lt;b@example.com\"");
    page.shows("localhost:8080");
}

#[tokio::test]
async fn without_a_client_one_lands_on_the_account_page() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = browser.visit("/account").await;
    assert_eq!(page.url.path(), "/login");
    let fields = [("username", "editor"), ("password", "Editor-1234")];
    let account = browser.submit(&page, "/login", &fields).await;
    assert_eq!(account.url.path(), "/account");
    account.shows("editor@example.com");
    account.shows("editors");
    let page = browser.submit(&account, "/account/sign-out", &[]).await;
    assert_eq!(page.url.path(), "/login");
    assert_eq!(browser.visit("/account").await.url.path(), "/login");
}

#[tokio::test]
async fn the_start_page_names_the_seeded_users() {
    let world = World::start().await;
    let page = Browser::new(&world).visit("/").await;
    for text in ["<td>reader</td>", "Editor-1234", "admins", world.pool.issuer()] {
        page.shows(text);
    }
}
