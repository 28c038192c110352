//! What the distribution shows to the API, so that it answers nobody who comes past the CDN.
//!
//! It is one SecureString parameter in the project's region: values separated by commas. The distribution shows the
//! first, and the API takes all of them. So a new one goes in front of the old one and is deployed, API before
//! distribution as always; then the old one is taken out, and that is deployed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::aws::{CallError, Cloud};
use crate::failure::{Exit, NextStep};
use crate::moment::{NoRandomness, random};
use crate::project::Project;

/// Fewer letters could be guessed.
const SHORTEST: usize = 32;
/// A new one, and the one before.
const MOST: usize = 2;

/// Why there are no origin secrets.
#[derive(Debug, thiserror::Error)]
pub enum OriginSecretsError {
    /// Parameter Store did not do what was asked.
    #[error(transparent)]
    Aws(#[from] CallError),
    /// None can be drawn.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The parameter holds something else. What it holds is not told.
    #[error(
        "the parameter {parameter} holds no origin secrets, expected one or two values of at least 32 letters, digits, - and _, with a comma between"
    )]
    NoSecrets {
        /// Its name.
        parameter: String,
    },
    /// There is nothing to rotate.
    #[error("the parameter {parameter} does not exist: there is no origin secret to rotate yet")]
    NoneYet {
        /// Its name.
        parameter: String,
    },
    /// The last rotation has not come to its end.
    #[error("there are two origin secrets already, of which the distribution shows the first")]
    Two,
    /// It was there a moment ago.
    #[error("the parameter {parameter} was deleted meanwhile")]
    Gone {
        /// Its name.
        parameter: String,
    },
}

impl NextStep for OriginSecretsError {
    fn next_step(&self) -> String {
        match self {
            OriginSecretsError::Aws(error) => error.next_step(),
            OriginSecretsError::NoRandomness(_) | OriginSecretsError::Gone { .. } => {
                "run the command again".to_owned()
            }
            OriginSecretsError::NoneYet { .. } => "run parapet deploy backend, which makes one".to_owned(),
            OriginSecretsError::Two => {
                "run parapet deploy backend, then let the old one go with parapet keys rotate-origin --drop-old"
                    .to_owned()
            }
            OriginSecretsError::NoSecrets { parameter } => {
                format!("delete {parameter}, then run parapet deploy all, which makes a new one")
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Failed
    }
}

/// Reads the project's secrets, if it has any yet.
///
/// # Errors
///
/// When Parameter Store does not answer, or the parameter holds something else.
pub async fn read(cloud: &Cloud, project: &Project) -> Result<Option<Vec<String>>, OriginSecretsError> {
    let parameter = project.origin_secrets_parameter();
    let found = cloud.in_region(&project.region).secure_parameter(&parameter).await?;
    let Some(found) = found else { return Ok(None) };
    parse(&found.value).map(Some).ok_or(OriginSecretsError::NoSecrets { parameter })
}

/// Reads the project's secrets, and makes the first one where there are none yet. Of two who do so at once, one makes
/// it and both get it.
///
/// # Errors
///
/// When Parameter Store does not answer, or the parameter holds something else.
pub async fn read_or_create(cloud: &Cloud, project: &Project) -> Result<Vec<String>, OriginSecretsError> {
    if let Some(secrets) = read(cloud, project).await? {
        return Ok(secrets);
    }
    let parameter = project.origin_secrets_parameter();
    let secret = URL_SAFE_NO_PAD.encode(random::<32>()?);
    let tags =
        [("parapet:name", &*project.name), ("parapet:stage", &*project.stage), ("parapet:part", "backend")];
    let there = cloud.in_region(&project.region);
    let description = "What the distribution shows to the API";
    if there.create_secure_parameter(&parameter, &secret, description, &tags).await? {
        return Ok(vec![secret]);
    }
    read(cloud, project).await?.ok_or(OriginSecretsError::Gone { parameter })
}

/// The first step of a rotation: a new secret in front of the one that there is.
///
/// # Errors
///
/// When there is none, or there are two.
pub fn with_a_new_one(secrets: &[String], new: [u8; 32]) -> Result<Vec<String>, OriginSecretsError> {
    match secrets {
        [old] => Ok(vec![URL_SAFE_NO_PAD.encode(new), old.clone()]),
        _ => Err(OriginSecretsError::Two),
    }
}

/// Stores the outcome of a step.
///
/// # Errors
///
/// When Parameter Store does not answer.
pub async fn store(cloud: &Cloud, project: &Project, secrets: &[String]) -> Result<(), OriginSecretsError> {
    let there = cloud.in_region(&project.region);
    there.overwrite_secure_parameter(&project.origin_secrets_parameter(), &secrets.join(",")).await?;
    Ok(())
}

fn parse(text: &str) -> Option<Vec<String>> {
    let secrets: Vec<String> = text.trim().split(',').map(|secret| secret.trim().to_owned()).collect();
    let is_secret = |secret: &String| {
        secret.len() >= SHORTEST
            && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    (secrets.len() <= MOST && secrets.iter().all(is_secret)).then_some(secrets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_secret_comes_in_front_of_one() {
        let old = "a".repeat(32);
        let two = with_a_new_one(std::slice::from_ref(&old), [0; 32]).unwrap();
        assert_eq!((two.len(), &two[1]), (2, &old));
        assert_eq!(parse(&two.join(",")).unwrap(), two);
        assert!(matches!(with_a_new_one(&two, [0; 32]), Err(OriginSecretsError::Two)));
    }

    #[test]
    fn a_secret_is_long_and_there_are_two_at_most() {
        let (one, other) = ("a".repeat(32), "B-_9".repeat(8));
        assert_eq!(parse(&one).unwrap().as_slice(), std::slice::from_ref(&one));
        assert_eq!(parse(&format!("{other}, {one}\n")).unwrap(), [other.clone(), one.clone()]);
        for wrong in
            ["", "short", &"a".repeat(31), &format!("{one},"), &"ä".repeat(32), &format!("{one},{one},{one}")]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
