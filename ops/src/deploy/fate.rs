//! What becomes of a resource when its stack is deleted. The templates say it; a test holds this to them.

use crate::project::Project;

/// What becomes of a resource when its stack is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is gone for good.
    Lost,
    /// It stays, and nothing manages it any more.
    Kept,
}

impl Fate {
    /// Of a resource of this type, such as `AWS::S3::Bucket`.
    #[must_use]
    pub fn of(kind: &str, project: &Project) -> Fate {
        let kept = match kind {
            // CloudFront's replicas forbid deletion for hours.
            "AWS::Lambda::Function" | "AWS::Lambda::Version" | "AWS::IAM::Role" => true,
            "AWS::S3::Bucket" | "AWS::Cognito::UserPool" | "AWS::Logs::LogGroup" => {
                project.stage == "production"
            }
            _ => false,
        };
        if kept { Fate::Kept } else { Fate::Lost }
    }

    /// Whether its loss is worth a line: it holds what nobody can make again, or others know it by its name.
    #[must_use]
    pub fn is_worth_telling(kind: &str) -> bool {
        matches!(
            kind,
            "AWS::S3::Bucket"
                | "AWS::Cognito::UserPool"
                | "AWS::Cognito::UserPoolClient"
                | "AWS::Cognito::UserPoolDomain"
                | "AWS::CloudFront::Distribution"
                | "AWS::CertificateManager::Certificate"
                | "AWS::Lambda::Function"
                | "AWS::Logs::LogGroup"
                | "AWS::CloudWatch::Dashboard"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stacks::Part;
    use crate::stacks::sample::project;

    /// The type and the deletion policy of each resource of a template.
    fn policies(template: &str) -> Vec<(String, String)> {
        let mut policies: Vec<(String, String)> = Vec::new();
        let resources = template.split_once("\nResources:\n").unwrap().1.split("\nOutputs:").next().unwrap();
        for line in resources.lines() {
            if let Some(kind) = line.trim().strip_prefix("Type: AWS::") {
                policies.push((format!("AWS::{kind}"), String::new()));
            } else if let Some(policy) = line.trim().strip_prefix("DeletionPolicy: ") {
                policies.last_mut().unwrap().1 = policy.to_owned();
            }
        }
        policies
    }

    #[test]
    fn the_templates_keep_what_is_said_to_be_kept() {
        let production = project("");
        let mut staging = production.clone();
        staging.stage = "staging".to_owned();
        let mut seen = 0;
        for part in Part::ALL {
            for (kind, policy) in policies(part.template()) {
                let kept = match policy.as_str() {
                    "" | "Delete" => (Fate::Lost, Fate::Lost),
                    "RetainExceptOnCreate" => (Fate::Kept, Fate::Kept),
                    "!If [Production, RetainExceptOnCreate, Delete]" => (Fate::Kept, Fate::Lost),
                    other => panic!("{part}: {kind} has an unknown policy {other}"),
                };
                assert_eq!((Fate::of(&kind, &production), Fate::of(&kind, &staging)), kept, "{part}: {kind}");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }
}
