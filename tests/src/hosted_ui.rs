//! What a person does at the hosted UI.

use crate::browser::{Browser, BrowserError};

/// Somebody who has an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The user name.
    pub username: &'static str,
    /// The address, which is as good as the name at sign-in.
    pub email: &'static str,
    /// The password.
    pub password: &'static str,
}

/// Is in no group.
pub const READER: Person =
    Person { username: "reader", email: "reader@example.com", password: "Reader-1234" };
/// Is in the group `editors`.
pub const EDITOR: Person =
    Person { username: "editor", email: "editor@example.com", password: "Editor-1234" };

/// Is in the group `authors`.
pub const AUTHOR: Person =
    Person { username: "author", email: "author@example.com", password: "Author-1234" };
/// Is in the group `admins`.
pub const ADMIN: Person = Person { username: "admin", email: "admin@example.com", password: "Admin-1234" };

/// Fills in the sign-in form that the browser shows, or is about to show, and sends it.
///
/// # Errors
/// If there is no such form.
pub async fn sign_in(browser: &Browser, person: Person) -> Result<(), BrowserError> {
    sign_in_with(browser, person.email, person.password).await
}

/// The same for an account that the person has made.
///
/// # Errors
/// If there is no such form.
pub async fn sign_in_with(browser: &Browser, login: &str, password: &str) -> Result<(), BrowserError> {
    browser.sees_heading("Sign in").await?;
    browser.fill_in("User name or email address", login).await?;
    browser.fill_in("Password", password).await?;
    browser.press("Sign in").await
}

/// Reads the code of the newest mail in a tab of its own, and comes back.
///
/// # Errors
/// If there is no link to the mailbox, or no mail in it.
pub async fn read_code(browser: &Browser) -> Result<String, BrowserError> {
    let here = browser.window().await?;
    browser.press("Open the mailbox (new tab)").await?;
    browser.look_at_new_window(&[&here]).await?;
    let script = "return document.querySelector('.mails li .code')?.innerText";
    let code = browser.wait_for("a mail with a code", script, &[]).await?;
    browser.look_at(&here).await?;
    match code.as_str() {
        Some(code) => Ok(code.to_owned()),
        None => Err(BrowserError::Answer { expected: "a code", found: code }),
    }
}
