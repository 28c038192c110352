//! Signing out, by whoever it is.

use anyhow::ensure;
use stack::pool::PoolSettings;

use super::browser::Browser;
use super::cloud::Cloud;

/// Signs out: nothing is left in the browser, the refresh token is revoked, and the next page asks for a password.
pub(super) async fn signs_out(cloud: &Cloud, browser: &Browser) -> anyhow::Result<()> {
    let refresh_token = browser.cookie("__Host-refresh-token").unwrap_or_default();
    let page = browser.open(&cloud.page("/auth/sign-out")).await?;
    page.is_at(&cloud.page("/auth/signed-out"))?;
    page.shows(200, "You are signed out")?;
    browser.open(&cloud.page("/auth/signed-out?cleared=1")).await?.shows(200, "You are signed out")?;
    let left = browser.cookie_names();
    ensure!(left.is_empty(), "expected no cookie after signing out, found {left:?}");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", PoolSettings::LOCAL_CLIENT_ID),
        ("refresh_token", &refresh_token),
    ];
    let token_endpoint = format!("{}/oauth2/token", cloud.stack.pool().base_url());
    let status = reqwest::Client::new().post(token_endpoint).form(&form).send().await?.status().as_u16();
    ensure!(status == 400, "expected the refresh token to be revoked, found status {status}");
    let next = browser.open(&cloud.page("/guide/")).await?;
    ensure!(next.is_of_sign_in(), "expected to be asked for a password, found {}", next.url);
    Ok(())
}
