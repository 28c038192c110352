//! Sign-up, confirmation, forgotten passwords, the second factor.

use reqwest::StatusCode;
use totp_rs::{Builder, Secret};

use crate::pool::browser::{Answer, Browser, authorize_path};
use crate::pool::world::{World, settings, text};

const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn totp(secret: &str, now: u64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(now).to_string()
}

fn not(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

async fn sign_up(browser: &Browser, email: &str, password: &str) -> Answer {
    let page =
        browser.visit(&authorize_path(&[("state", "s")]).replace("/oauth2/authorize", "/signup")).await;
    browser
        .submit(&page, "/signup", &[("email", email), ("name", "New Person"), ("password", password)])
        .await
}

#[tokio::test]
async fn signing_up_leads_through_confirmation_to_the_client() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = sign_up(&browser, "New@Example.com", "Fresh-1234").await;
    assert_eq!(page.url.path(), "/confirm");
    page.shows("new@example.com");
    let code = world.pool.latest_code_for("new@example.com").unwrap();
    browser.visit("/mailbox").await.shows(&code);

    let page = browser.submit(&page, "/confirm", &[("code", not(&code))]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.shows("The code is not right or has expired");
    let answer = browser.submit(&page, "/confirm", &[("code", &code)]).await;
    assert_eq!(answer.returned("state").as_deref(), Some("s"));
    let (_, tokens) = world.redeem(&answer.code()).await;
    let (_, id) = world.verified(text(&tokens, "id_token")).await.unwrap();
    assert_eq!((text(&id, "email"), text(&id, "name")), ("new@example.com", "New Person"));
    assert_eq!(id["cognito:username"], id["sub"]);
}

#[tokio::test]
async fn an_unconfirmed_user_who_signs_in_is_led_to_confirm() {
    let world = World::start().await;
    sign_up(&Browser::new(&world), "new@example.com", "Fresh-1234").await;
    let first = world.pool.latest_code_for("new@example.com").unwrap();
    let browser = Browser::new(&world);
    let page = browser.sign_in("new@example.com", "Fresh-1234", &[]).await;
    assert_eq!(page.url.path(), "/confirm");
    assert_eq!(world.pool.latest_code_for("new@example.com").as_deref(), Some(first.as_str()));

    let page = browser.submit(&page, "/resendcode", &[]).await;
    page.shows("A new code is on its way");
    let code = world.pool.latest_code_for("new@example.com").unwrap();
    assert!(browser.submit(&page, "/confirm", &[("code", &code)]).await.returned("code").is_some());
}

#[tokio::test]
async fn weak_passwords_and_taken_addresses_are_refused() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = sign_up(&browser, "new@example.com", "Fresh1234").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.shows("The password still needs a symbol.");
    page.shows("aria-invalid=\"true\"");
    assert!(!page.body.contains("Fresh1234"));
    sign_up(&browser, "READER@example.com", "Fresh-1234").await.shows("already an account");
    sign_up(&browser, "nonsense", "Fresh-1234").await.shows("Enter an email address");
}

#[tokio::test]
async fn confirmation_codes_cannot_be_guessed() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let mut page = sign_up(&browser, "new@example.com", "Fresh-1234").await;
    let code = world.pool.latest_code_for("new@example.com").unwrap();
    for _ in 0..5 {
        page = browser.submit(&page, "/confirm", &[("code", not(&code))]).await;
    }
    let confirm = authorize_path(&[]).replace("/oauth2/authorize", "/confirm");
    let page = browser.visit(&confirm).await;
    let locked = browser.submit(&page, "/confirm", &[("code", &code)]).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_mailed_code() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = browser.visit(&authorize_path(&[]).replace("/oauth2/authorize", "/forgotPassword")).await;
    let page = browser.submit(&page, "/forgotPassword", &[("username", "reader")]).await;
    assert_eq!(page.url.path(), "/confirmForgotPassword");
    let code = world.pool.latest_code_for("reader@example.com").unwrap();
    let weak = [("code", code.as_str()), ("password", "weak")];
    let page = browser.submit(&page, "/confirmForgotPassword", &weak).await;
    page.shows("The password still needs");
    let wrong = [("code", not(&code)), ("password", "Changed-1234")];
    let page = browser.submit(&page, "/confirmForgotPassword", &wrong).await;
    page.shows("The code is not right or has expired");
    let right = [("code", code.as_str()), ("password", "Changed-1234")];
    let page = browser.submit(&page, "/confirmForgotPassword", &right).await;
    assert_eq!(page.url.path(), "/login");
    page.shows("Your password has been changed");
    let fields = [("username", "reader"), ("password", "Changed-1234")];
    assert!(browser.submit(&page, "/login", &fields).await.returned("code").is_some());
    browser.forget_cookies();
    assert_eq!(browser.sign_in("reader", "Reader-1234", &[]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_learns_from_a_forgotten_password_who_exists() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let page = browser.visit("/forgotPassword").await;
    let page = browser.submit(&page, "/forgotPassword", &[("username", "nobody@example.com")]).await;
    assert_eq!((page.status, page.url.path()), (StatusCode::OK, "/confirmForgotPassword"));
    let guess = [("code", "123456"), ("password", "Changed-1234")];
    let page = browser.submit(&page, "/confirmForgotPassword", &guess).await;
    page.shows("The code is not right or has expired");
    assert_eq!(world.pool.latest_code_for("nobody@example.com"), None);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_counts_once() {
    let mut settings = settings();
    settings.users[2].totp_secret = Some(TOTP_SECRET.to_owned());
    let world = World::with(settings).await;
    let browser = Browser::new(&world);
    let page = browser.sign_in("admin", "Admin-1234", &[("state", "s")]).await;
    assert_eq!(page.url.path(), "/mfa");
    assert_eq!(browser.visit(&authorize_path(&[])).await.url.path(), "/login", "half signed in is not in");

    let code = totp(TOTP_SECRET, world.now());
    let page = browser.submit(&page, "/mfa", &[("code", not(&code))]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let answer = browser.submit(&page, "/mfa", &[("code", &code)]).await;
    assert_eq!(answer.returned("state").as_deref(), Some("s"));

    let thief = Browser::new(&world);
    let page = thief.sign_in("admin", "Admin-1234", &[]).await;
    assert_eq!(thief.submit(&page, "/mfa", &[("code", &code)]).await.status, StatusCode::BAD_REQUEST);
    world.pass(60);
    let later = totp(TOTP_SECRET, world.now() - 30);
    assert!(thief.submit(&page, "/mfa", &[("code", &later)]).await.returned("code").is_some());
}

#[tokio::test]
async fn a_second_factor_can_be_set_up_and_turned_off() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    let page = browser.visit("/mfa/setup").await;
    page.shows("<svg");
    page.shows("otpauth://totp/Parapet");
    let secret = page.body.split_once("secret=").unwrap().1.split(['&', '"']).next().unwrap().to_owned();
    let page = browser.submit(&page, "/mfa/setup", &[("code", not(&totp(&secret, world.now())))]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.shows(&secret);
    let account = browser.submit(&page, "/mfa/setup", &[("code", &totp(&secret, world.now()))]).await;
    assert_eq!(account.url.path(), "/account");

    let other = Browser::new(&world);
    assert_eq!(other.sign_in("reader", "Reader-1234", &[]).await.url.path(), "/mfa");
    browser.submit(&account, "/mfa/off", &[]).await;
    assert!(other.sign_in("reader", "Reader-1234", &[]).await.returned("code").is_some());
}
