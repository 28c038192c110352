//! Parameter Store.

use aws_sdk_ssm::types::{ParameterType, Tag};

use super::{CallError, Cloud};

/// A parameter's value, at one of its versions.
#[derive(Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The decrypted value.
    pub value: String,
    /// Its version, counted from 1.
    pub version: i64,
}

/// Values are secrets.
impl std::fmt::Debug for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parameter").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Cloud {
    /// The decrypted value of a parameter, if it exists.
    ///
    /// # Errors
    ///
    /// When AWS does not answer, or does not allow it.
    pub async fn secure_parameter(&self, name: &str) -> Result<Option<Parameter>, CallError> {
        let doing = || format!("reading the parameter {name} in {}", self.region());
        let answer = self.ssm().get_parameter().name(name).with_decryption(true).send().await;
        match answer {
            Ok(answer) => {
                let parameter =
                    answer.parameter.ok_or_else(|| CallError::incomplete(doing(), "Parameter"))?;
                let version = parameter.version;
                let value = parameter.value.ok_or_else(|| CallError::incomplete(doing(), "Value"))?;
                Ok(Some(Parameter { value, version }))
            }
            Err(error) => match CallError::new(doing(), error) {
                error if error.is("ParameterNotFound") => Ok(None),
                error => Err(error),
            },
        }
    }

    /// Creates a parameter of type SecureString, encrypted with the account's own key `aws/ssm`, unless one of that name
    /// exists. Returns whether it was created.
    ///
    /// # Errors
    ///
    /// When AWS does not answer, or does not allow it.
    pub async fn create_secure_parameter(
        &self,
        name: &str,
        value: &str,
        description: &str,
        tags: &[(&str, &str)],
    ) -> Result<bool, CallError> {
        let doing = || format!("creating the parameter {name} in {}", self.region());
        let mut call = self
            .ssm()
            .put_parameter()
            .name(name)
            .value(value)
            .description(description)
            .r#type(ParameterType::SecureString)
            .overwrite(false);
        for (key, value) in tags {
            let tag = Tag::builder().key(*key).value(*value).build();
            call = call.tags(tag.map_err(|_| CallError::incomplete(doing(), "tag"))?);
        }
        match call.send().await {
            Ok(_) => Ok(true),
            Err(error) => match CallError::new(doing(), error) {
                error if error.is("ParameterAlreadyExists") => Ok(false),
                error => Err(error),
            },
        }
    }

    /// Gives a parameter a new value, whatever it holds by now: Parameter Store has no condition for it. Returns the new
    /// version, which tells whether somebody else wrote in between.
    ///
    /// # Errors
    ///
    /// When AWS does not answer, or does not allow it.
    pub async fn overwrite_secure_parameter(&self, name: &str, value: &str) -> Result<i64, CallError> {
        let doing = || format!("writing the parameter {name} in {}", self.region());
        let answer = self
            .ssm()
            .put_parameter()
            .name(name)
            .value(value)
            .r#type(ParameterType::SecureString)
            .overwrite(true)
            .send()
            .await
            .map_err(|error| CallError::new(doing(), error))?;
        Ok(answer.version)
    }
}
