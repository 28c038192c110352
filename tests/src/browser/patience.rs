//! Waiting for what a page comes to show, and doing things with what it shows.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::{Browser, BrowserError};

/// After this long, what has not come will not come.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked for.
pub(super) const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// Where a control is, by the name in place of the braces.
const BUTTON: &str = "//button[{}] | //a[{}] | //summary[{}]";
const FIELD: &str = "//*[@id = //label[{}]/@for]";

impl Browser {
    /// Waits until a script in the page returns something that counts as true, and returns that.
    ///
    /// # Errors
    /// If it never does.
    pub async fn wait_for(
        &self,
        expected: &str,
        script: &str,
        arguments: &[Value],
    ) -> Result<Value, BrowserError> {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                // A page that is just being left or loaded runs no script.
                if let Ok(found) = self.run(script, arguments).await
                    && !matches!(found, Value::Null | Value::Bool(false))
                {
                    return found;
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        });
        match found.await {
            Ok(found) => Ok(found),
            Err(_) => Err(self.unexpected(expected).await?),
        }
    }

    /// Waits until a text can be read on the page.
    ///
    /// # Errors
    /// If it never can.
    pub async fn sees(&self, text: &str) -> Result<(), BrowserError> {
        let script = "return document.body.innerText.includes(arguments[0])";
        self.wait_for(&format!("the text {text:?}"), script, &[json!(text)]).await?;
        Ok(())
    }

    /// Waits until the page's heading is this.
    ///
    /// # Errors
    /// If it never is.
    pub async fn sees_heading(&self, heading: &str) -> Result<(), BrowserError> {
        let script = "return [...document.querySelectorAll('h1')]
            .some(heading => heading.checkVisibility() && heading.innerText.trim() === arguments[0])";
        self.wait_for(&format!("the heading {heading:?}"), script, &[json!(heading)]).await?;
        Ok(())
    }

    /// Waits until the browser has arrived at an address and loaded the page.
    ///
    /// # Errors
    /// If it never does.
    pub async fn arrives_at(&self, address: &str) -> Result<(), BrowserError> {
        let script = "return location.href === arguments[0] && document.readyState === 'complete'";
        self.wait_for(&format!("the address {address}"), script, &[json!(address)]).await?;
        Ok(())
    }

    /// Presses the button, or follows the link, of this name.
    ///
    /// # Errors
    /// If there is none that can be pressed.
    pub async fn press(&self, name: &str) -> Result<(), BrowserError> {
        self.act(&format!("a button or link {name:?}"), BUTTON, name, |element| async move {
            element.click().await
        })
        .await
    }

    /// Fills in the field with this label, in place of what it holds.
    ///
    /// # Errors
    /// If there is none that can be filled in.
    pub async fn fill_in(&self, label: &str, text: &str) -> Result<(), BrowserError> {
        self.act(&format!("a field {label:?}"), FIELD, label, |element| async move {
            element.clear().await?;
            element.send_keys(text).await
        })
        .await
    }

    /// What the field with this label holds.
    ///
    /// # Errors
    /// If there is no such field.
    pub async fn filled_in(&self, label: &str) -> Result<String, BrowserError> {
        let field = self.client.find(Locator::XPath(&path(FIELD, label))).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Does something with the first element that a path finds and that lets it, once one does.
    async fn act<F>(
        &self,
        expected: &str,
        pattern: &str,
        name: &str,
        action: impl Fn(Element) -> F,
    ) -> Result<(), BrowserError>
    where
        F: Future<Output = Result<(), fantoccini::error::CmdError>>,
    {
        let path = path(pattern, name);
        let done = tokio::time::timeout(PATIENCE, async {
            loop {
                for element in self.client.find_all(Locator::XPath(&path)).await.unwrap_or_default() {
                    // What is hidden, covered by a dialog, or gone again cannot be used; the next one may be.
                    let is_displayed = element.is_displayed().await.unwrap_or_default();
                    if is_displayed && action(element).await.is_ok() {
                        return;
                    }
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        });
        match done.await {
            Ok(()) => Ok(()),
            Err(_) => Err(self.unexpected(expected).await?),
        }
    }

    pub(super) async fn unexpected(&self, expected: &str) -> Result<BrowserError, BrowserError> {
        let (url, text) = (Box::new(self.address().await?), self.text().await?);
        Ok(BrowserError::Expected { expected: expected.to_owned(), url, text })
    }
}

/// A name is what can be read, without what is said to screen readers in addition.
fn path(pattern: &str, name: &str) -> String {
    pattern.replace("{}", &format!("normalize-space(text()) = '{name}'"))
}
