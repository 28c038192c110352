//! How a stack stands to the project file.

use serde::Serialize;

use super::change::parameter_changes;
use super::{ParameterChange, WantedStack};
use crate::aws::{CallError, Cloud, Stack};

/// What a deploy would change, as far as that can be told without a change set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// Whether the template is another one.
    pub template: bool,
    /// Parameters with other values, those that are left to their defaults included.
    pub parameters: Vec<ParameterChange>,
}

impl Drift {
    /// Between a stack and what the project file wants of it.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn between(cloud: &Cloud, stack: &Stack, wanted: &WantedStack) -> Result<Drift, CallError> {
        let template = cloud.stack_template(&wanted.name).await?;
        Ok(Drift {
            template: template.trim() != wanted.template().trim(),
            parameters: parameter_changes(Some(stack), wanted),
        })
    }

    /// Whether a deploy would change something.
    #[must_use]
    pub fn is_some(&self) -> bool {
        self.template || !self.parameters.is_empty()
    }

    /// In a few words.
    #[must_use]
    pub fn words(&self) -> String {
        let parameters = self.parameters.iter().map(|change| change.name.as_str());
        let words: Vec<_> = self.template.then_some("the template").into_iter().chain(parameters).collect();
        words.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_says_what_differs() {
        let name = "AppPath".to_owned();
        let change = ParameterChange { name, from: None, to: "/desk/*".to_owned() };
        let drift = Drift { template: true, parameters: vec![change] };
        assert!(drift.is_some());
        assert_eq!(drift.words(), "the template, AppPath");
        assert!(!Drift::default().is_some());
    }
}
