//! What CloudFormation would do to a stack, as people read it.

use serde::Serialize;

use super::WantedStack;
use crate::aws::{ResourceChange, Stack};
use crate::stacks::{Part, defaults};

/// A change set that waits for its execution.
#[derive(Debug, Clone, Serialize)]
pub struct Proposed {
    /// The stack.
    pub stack: String,
    /// Where it is.
    pub region: String,
    /// Its part.
    #[serde(serialize_with = "name")]
    pub part: Part,
    /// The change set's ARN.
    #[serde(skip)]
    pub id: String,
    /// Whether the stack does not exist yet.
    pub creates: bool,
    /// What becomes of its resources.
    pub changes: Vec<ResourceChange>,
    /// What it is given that it was not given before.
    pub parameters: Vec<ParameterChange>,
}

/// A parameter that gets another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParameterChange {
    /// Its name.
    pub name: String,
    /// Its value now, unless there is none.
    pub from: Option<String>,
    /// Its value then.
    pub to: String,
}

/// How a stack's parameters differ from the wanted ones: those that are given, and those that are left to the template's
/// defaults. A new parameter that is empty or left to its default says nothing.
pub(crate) fn parameter_changes(before: Option<&Stack>, wanted: &WantedStack) -> Vec<ParameterChange> {
    let Some(before) = before else { return Vec::new() };
    let mut all = defaults(wanted.part);
    all.extend(wanted.parameters.clone());
    let change = |(name, to): (String, String)| {
        // Of a secret CloudFormation tells nothing but asterisks.
        if wanted.part.secrets().contains(&&*name) {
            return None;
        }
        let from = before.parameters.get(&name).cloned();
        let is_news = match &from {
            Some(from) => *from != to,
            None => wanted.parameters.contains_key(&name) && !to.is_empty(),
        };
        is_news.then_some(ParameterChange { name, from, to })
    };
    all.into_iter().filter_map(change).collect()
}

impl Proposed {
    /// What is to become of the stack, in one line; `regions` are those where the same is to happen.
    #[must_use]
    pub fn headline(&self, regions: &[&str]) -> String {
        let what = if self.creates { "will be created" } else { "will be changed" };
        format!("{}: {} {what} in {}", self.part, self.stack, regions.join(", "))
    }

    /// Each parameter and each resource in a line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let parameters = self.parameters.iter().map(|change| {
            let from = change.from.as_deref().unwrap_or_default();
            format!("  {}: {} -> {}", change.name, shown(from), shown(&change.to))
        });
        parameters.chain(self.changes.iter().map(line)).collect()
    }

    /// What is lost if it is executed.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.changes.iter().filter_map(warning).collect()
    }

    /// Whether the same happens to both stacks, wherever they are.
    #[must_use]
    pub fn is_like(&self, other: &Proposed) -> bool {
        self.creates == other.creates
            && self.stack == other.stack
            && self.changes == other.changes
            && self.parameters == other.parameters
    }
}

fn line(change: &ResourceChange) -> String {
    let (sign, what) = match (change.action.as_str(), change.replacement.as_deref()) {
        ("Add", _) => ("+", ""),
        ("Remove", _) => ("-", ""),
        ("Import", _) => ("=", ", taken over as it is"),
        (_, Some("True")) if is_remade(change) => ("~", ", published anew"),
        (_, Some("True")) => ("!", ", REPLACED: made anew, the old one goes"),
        (_, Some("Conditional")) => ("?", ", perhaps replaced"),
        _ => ("~", ""),
    };
    let properties = if change.properties.is_empty() {
        String::new()
    } else {
        format!(" ({})", change.properties.join(", "))
    };
    format!("  {sign} {}  {}{what}{properties}", change.resource, change.kind)
}

/// Resources whose replacement is how they change: a version of a function, a certificate for other names.
fn is_remade(change: &ResourceChange) -> bool {
    matches!(&*change.kind, "AWS::Lambda::Version" | "AWS::CertificateManager::Certificate")
}

fn warning(change: &ResourceChange) -> Option<String> {
    let is_replaced = change.replacement.as_deref() == Some("True") && !is_remade(change);
    if change.action != "Remove" && !is_replaced {
        return None;
    }
    let lost = match &*change.kind {
        "AWS::Cognito::UserPool" => "nobody can sign in with the accounts that are in it",
        "AWS::Cognito::UserPoolClient" => {
            "everybody has to sign in again, and the gate needs parapet deploy edge"
        }
        "AWS::Cognito::UserPoolDomain" => "the hosted UI has another address",
        "AWS::CloudFront::Distribution" => {
            "the distribution has another id and another name: change its DNS records"
        }
        "AWS::RDS::DBInstance" => "the content of the CMS is in it, and the new database is empty",
        "AWS::DynamoDB::Table" => "the records in it are not carried over",
        "AWS::S3::Bucket" => "the new bucket is empty: deploy the files again",
        "AWS::Logs::LogGroup" => "the log lines in it are not carried over",
        _ => return None,
    };
    let verb = if is_replaced { "replaced" } else { "removed" };
    Some(format!("{} is {verb}: {lost}", change.resource))
}

/// A value as a line has room for it.
fn shown(value: &str) -> String {
    const LONGEST: usize = 70;
    if value.is_empty() {
        return "nothing".to_owned();
    }
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    let end: String = value.chars().skip(value.chars().count() - LONGEST).collect();
    format!("…{end}")
}

fn name<S: serde::Serializer>(part: &Part, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(part.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stacks::sample::{project, site_stack};

    fn wanted(given: &[(&str, &str)]) -> WantedStack {
        let parameters = given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        WantedStack {
            part: Part::Site,
            name: "cms-production-site".to_owned(),
            region: "eu-central-1".to_owned(),
            parameters: parameters.collect(),
            tags: [].into(),
            adopts: false,
            reverts_drift: false,
            project: project(""),
        }
    }

    fn change(action: &str, kind: &str, replacement: Option<&str>) -> ResourceChange {
        ResourceChange {
            action: action.to_owned(),
            resource: "It".to_owned(),
            kind: kind.to_owned(),
            replacement: replacement.map(str::to_owned),
            properties: vec!["Schema".to_owned()],
        }
    }

    #[test]
    fn a_replacement_is_not_overlooked() {
        let pool = change("Modify", "AWS::Cognito::UserPool", Some("True"));
        assert_eq!(
            line(&pool),
            "  ! It  AWS::Cognito::UserPool, REPLACED: made anew, the old one goes (Schema)"
        );
        assert!(warning(&pool).unwrap().starts_with("It is replaced: nobody can sign in"));
        assert!(warning(&change("Remove", "AWS::S3::Bucket", None)).unwrap().starts_with("It is removed"));
        assert_eq!(warning(&change("Modify", "AWS::Cognito::UserPool", Some("False"))), None);
    }

    #[test]
    fn a_new_version_of_the_gate_is_nothing_to_warn_of() {
        let version = change("Modify", "AWS::Lambda::Version", Some("True"));
        assert_eq!(line(&version), "  ~ It  AWS::Lambda::Version, published anew (Schema)");
        assert_eq!(warning(&version), None);
    }

    #[test]
    fn only_parameters_with_another_value_are_listed() {
        let given = [("Name", "cms"), ("Stage", "staging"), ("AppPath", "/desk/*"), ("WebAclArn", "")];
        let wanted = wanted(&given);
        let changes = parameter_changes(Some(&site_stack()), &wanted);
        let expected = [("AppPath", None, "/desk/*"), ("Stage", Some("production"), "staging")];
        let expected = expected.map(|(name, from, to)| ParameterChange {
            name: name.to_owned(),
            from: from.map(str::to_owned),
            to: to.to_owned(),
        });
        assert_eq!(changes, expected);
        assert_eq!(parameter_changes(None, &wanted), []);
    }

    #[test]
    fn what_is_no_longer_said_goes_back_to_its_default() {
        let mut stack = site_stack();
        let wanted = wanted(&[("Name", "cms"), ("Stage", "production")]);
        let default = defaults(Part::Site)["PagesContentSecurityPolicy"].clone();
        let has = |stack: &mut Stack, value: &str| {
            stack.parameters.insert("PagesContentSecurityPolicy".to_owned(), value.to_owned())
        };
        has(&mut stack, "default-src 'self'");
        let name = "PagesContentSecurityPolicy".to_owned();
        let from = Some("default-src 'self'".to_owned());
        let change = ParameterChange { name, from, to: default.clone() };
        assert_eq!(parameter_changes(Some(&stack), &wanted), [change]);
        has(&mut stack, &default);
        assert_eq!(parameter_changes(Some(&stack), &wanted), []);
    }

    #[test]
    fn a_long_value_is_shown_by_its_end() {
        assert_eq!(shown(&"a".repeat(70)), "a".repeat(70));
        assert_eq!(shown(&format!("{}b", "a".repeat(70))), format!("…{}b", "a".repeat(69)));
    }
}
