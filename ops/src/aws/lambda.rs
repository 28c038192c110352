//! Lambda: the published versions of a function, and starting one.

use aws_sdk_lambda::primitives::Blob;

use super::{CallError, Cloud};

/// A published version of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionVersion {
    /// Its number.
    pub number: u64,
    /// Its ARN, which ends in the number.
    pub arn: String,
    /// SHA-256 of its package, in base64.
    pub sha256: String,
    /// When it was published, as Lambda says it: `2026-11-21T12:30:00.000+0000`.
    pub published: String,
}

/// What a function answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoked {
    /// Whether it is an error, of the function's own or of Lambda's.
    pub failed: bool,
    /// Its JSON.
    pub answer: String,
}

impl Cloud {
    /// Starts a function and waits for its answer.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked, or does not allow it.
    pub async fn invoke(&self, function: &str, event: &str) -> Result<Invoked, CallError> {
        let call = self.lambda().invoke().function_name(function).payload(Blob::new(event));
        let answer = call.send().await.map_err(|error| {
            CallError::new(format!("starting the function {function} in {}", self.region()), error)
        })?;
        let text = answer.payload.map(Blob::into_inner).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok(Invoked { failed: answer.function_error.is_some(), answer: text })
    }

    /// All published versions of a function, oldest first; none if there is no such function.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn function_versions(&self, function: &str) -> Result<Vec<FunctionVersion>, CallError> {
        let call = self.lambda().list_versions_by_function().function_name(function);
        let mut pages = call.into_paginator().items().send();
        let mut versions = Vec::new();
        while let Some(version) = pages.next().await {
            let version = match version.map_err(|error| {
                CallError::new(format!("listing the versions of the function {function}"), error)
            }) {
                Ok(version) => version,
                Err(error) if error.is("ResourceNotFoundException") => return Ok(Vec::new()),
                Err(error) => return Err(error),
            };
            // `$LATEST` is no version.
            if let Some(number) = version.version().and_then(|number| number.parse().ok()) {
                versions.push(FunctionVersion {
                    number,
                    arn: version.function_arn.unwrap_or_default(),
                    sha256: version.code_sha256.unwrap_or_default(),
                    published: version.last_modified.unwrap_or_default(),
                });
            }
        }
        versions.sort_by_key(|version| version.number);
        Ok(versions)
    }

    /// The version with this ARN; none if Lambda knows none.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn function_version(&self, arn: &str) -> Result<Option<FunctionVersion>, CallError> {
        let Some(function) = function_name(arn) else { return Ok(None) };
        let versions = self.function_versions(function).await?;
        Ok(versions.into_iter().find(|version| version.arn == arn))
    }
}

/// The name in a function's ARN, or in that of a version: `arn:aws:lambda:us-east-1:123456789012:function:NAME:7`.
#[must_use]
pub fn function_name(arn: &str) -> Option<&str> {
    arn.split_once(":function:")?.1.split(':').next()
}
