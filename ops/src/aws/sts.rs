//! STS: who the credentials are.

use super::{CallError, Cloud};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account's number.
    pub account: String,
    /// The user's or role's ARN.
    pub arn: String,
}

impl Cloud {
    /// Whose account it is, and as whom it is used.
    ///
    /// # Errors
    ///
    /// When there are no credentials, or they are no longer good.
    pub async fn caller(&self) -> Result<Caller, CallError> {
        let answer = self.sts().get_caller_identity().send().await;
        let answer = answer.map_err(|error| CallError::new("asking who the credentials are", error))?;
        Ok(Caller { account: answer.account.unwrap_or_default(), arn: answer.arn.unwrap_or_default() })
    }
}
