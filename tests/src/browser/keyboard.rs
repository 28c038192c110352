//! A person without a mouse.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::Value;

use super::{Browser, BrowserError};

/// How many times somebody presses Tab before giving up.
const MOST_TABS: usize = 40;

/// Keys that are not characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// To the next control.
    Tab,
    /// Presses the control that has the focus.
    Enter,
}

/// Where the focus is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The control's label or text; empty where no control of the page has it.
    pub name: String,
    /// Whether the eye can tell.
    pub is_visible: bool,
}

impl Browser {
    /// Presses a key.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn press_key(&self, key: Key) -> Result<(), BrowserError> {
        let key = match key {
            Key::Tab => fantoccini::key::Key::Tab,
            Key::Enter => fantoccini::key::Key::Enter,
        };
        self.strike(std::iter::once(key.into())).await
    }

    /// Types a text.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn type_in(&self, text: &str) -> Result<(), BrowserError> {
        self.strike(text.chars()).await
    }

    /// Presses a key while Control is held.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn control(&self, key: char) -> Result<(), BrowserError> {
        let control = char::from(fantoccini::key::Key::Control);
        let strokes = [
            KeyAction::Down { value: control },
            KeyAction::Down { value: key },
            KeyAction::Up { value: key },
            KeyAction::Up { value: control },
        ];
        let strokes = strokes.into_iter().fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        Ok(self.client.perform_actions(strokes).await?)
    }

    /// Presses Tab until the control of this name has the focus; returns every focus on the way.
    ///
    /// # Errors
    /// If it never gets it.
    pub async fn tab_to(&self, name: &str) -> Result<Vec<Focus>, BrowserError> {
        let mut way = Vec::new();
        while way.len() < MOST_TABS {
            self.press_key(Key::Tab).await?;
            let focus = self.focus().await?;
            let arrived = focus.name == name;
            way.push(focus);
            if arrived {
                return Ok(way);
            }
        }
        let passed: Vec<&str> = way.iter().map(|focus| focus.name.as_str()).collect();
        Err(self.unexpected(&format!("to reach {name:?} with Tab; passed {passed:?}")).await?)
    }

    /// Where the focus is now.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn focus(&self) -> Result<Focus, BrowserError> {
        let script = "
            const control = document.activeElement, style = getComputedStyle(control);
            const labelled = control.labels?.length ? control.labels[0] : control;
            const text = control === document.body ? '' : labelled.innerText;
            const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
            const visible = control.matches(':focus-visible') && (outlined || style.boxShadow !== 'none');
            return { name: text.trim().split('\\n')[0], visible };";
        let found = self.run(script, &[]).await?;
        let name = found.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_visible = found.get("visible").and_then(Value::as_bool).unwrap_or_default();
        Ok(Focus { name, is_visible })
    }

    async fn strike(&self, keys: impl Iterator<Item = char>) -> Result<(), BrowserError> {
        let strokes = keys.fold(KeyActions::new("keyboard".to_owned()), |strokes, value| {
            strokes.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        Ok(self.client.perform_actions(strokes).await?)
    }
}
