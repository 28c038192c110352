//! What becomes of a resource when its stack is deleted: the templates say it.

use crate::project::Project;
use crate::stacks::Part;

/// What becomes of a resource when its stack is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is gone for good.
    Lost,
    /// It stays, and nothing manages it any more.
    Kept,
}

impl Fate {
    /// Of a resource of this type in a part's stack, such as `AWS::S3::Bucket`.
    #[must_use]
    pub fn of(part: Part, kind: &str, project: &Project) -> Fate {
        let template = part.template_of(&project.stage);
        let policy = policies(&template).find_map(|(found, policy)| (found == kind).then_some(policy));
        if policy == Some("Retain") { Fate::Kept } else { Fate::Lost }
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
                | "AWS::DynamoDB::Table"
                | "AWS::EC2::VPC"
                | "AWS::RDS::DBInstance"
        )
    }
}

/// The type and the deletion policy of each resource of a template; `Delete` where it says none.
fn policies(template: &str) -> impl Iterator<Item = (&str, &str)> {
    let resources = template.split_once("\nResources:\n").map_or("", |(_, resources)| resources);
    let mut lines = resources.lines().map(str::trim).peekable();
    std::iter::from_fn(move || {
        let kind =
            lines.by_ref().find_map(|line| line.strip_prefix("Type: ").filter(|it| it.contains("::")))?;
        let mut policy = "Delete";
        while let Some(line) = lines.next_if(|line| !line.starts_with("Type: AWS::")) {
            if let Some(said) = line.strip_prefix("DeletionPolicy: ") {
                policy = said.split(' ').next().unwrap_or(said);
            }
        }
        Some((kind, policy))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stacks::sample::project;

    /// What becomes of a resource is asked by its type.
    #[test]
    fn in_one_template_all_resources_of_a_type_have_one_fate() {
        let mut seen = 0;
        for part in Part::ALL {
            let policies: Vec<_> = policies(part.template()).collect();
            for (kind, policy) in &policies {
                assert!(
                    matches!(*policy, "Delete" | "Retain"),
                    "{part}: {kind} has an unknown policy {policy}"
                );
                let others = policies.iter().filter(|(other, _)| other == kind);
                assert!(others.into_iter().all(|(_, other)| other == policy), "{part}: {kind}");
                seen += 1;
            }
        }
        assert!(seen > 80, "{seen}");
    }

    #[test]
    fn production_keeps_what_nobody_can_make_again() {
        let production = project("");
        let mut staging = production.clone();
        staging.stage = "staging".to_owned();
        for (part, kind) in [
            (Part::Data, "AWS::RDS::DBInstance"),
            (Part::Functions, "AWS::DynamoDB::Table"),
            (Part::Identity, "AWS::Cognito::UserPool"),
            (Part::Site, "AWS::S3::Bucket"),
        ] {
            assert_eq!(Fate::of(part, kind, &production), Fate::Kept, "{part}");
            assert_eq!(Fate::of(part, kind, &staging), Fate::Lost, "{part}");
        }
        // CloudFront's replicas forbid deletion for hours.
        assert_eq!(Fate::of(Part::Edge, "AWS::Lambda::Function", &staging), Fate::Kept);
        assert_eq!(Fate::of(Part::Functions, "AWS::Lambda::Function", &production), Fate::Lost);
    }
}
