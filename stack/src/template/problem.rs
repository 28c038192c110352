//! What can be wrong with a template, and where.

/// One thing wrong with a template, or with the parameters it was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {fault}")]
pub struct Problem {
    /// Where, as in `Resources.Distribution.Properties.DistributionConfig`.
    pub at: String,
    /// What.
    pub fault: Fault,
}

/// What is wrong at one place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Something other stands there than has to.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A tag that is no intrinsic function known here.
    #[error("the tag {0} is not known here")]
    UnknownTag(String),
    /// An intrinsic function that is not known here.
    #[error("the function {0} is not known here")]
    UnknownFunction(String),
    /// A member that is not known here.
    #[error("{0:?} is not known here")]
    UnknownMember(String),
    /// A declaration that cannot be read.
    #[error("{0}")]
    Declaration(String),
    /// YAML 1.1 and 1.2 read it differently.
    #[error(
        "{0:?} is a boolean or a number to some readers and text to others; quote it, or write true, false or a number"
    )]
    Ambiguous(String),
    /// A member stands there twice.
    #[error("{0:?} stands there twice")]
    Twice(String),
    /// The type of a resource is not known here.
    #[error("resources of type {0} are not known here")]
    UnknownType(String),
    /// Nothing has this name.
    #[error("there is no parameter, resource or pseudo parameter {0:?}")]
    UnknownName(String),
    /// No condition has this name.
    #[error("there is no condition {0:?}")]
    UnknownCondition(String),
    /// No mapping has this name.
    #[error("there is no mapping {0:?}")]
    UnknownMapping(String),
    /// A mapping has no such entry.
    #[error("the mapping has no entry {0}")]
    NoEntry(String),
    /// No resource has this name.
    #[error("there is no resource {0:?}")]
    UnknownResource(String),
    /// A resource of this type has no such attribute.
    #[error("{kind} has no attribute {attribute:?} that is known here")]
    UnknownAttribute {
        /// The type of the resource.
        kind: String,
        /// The attribute.
        attribute: String,
    },
    /// The condition of a resource does not hold, but something that is created needs it.
    #[error("the resource {0:?} is not created, because its condition does not hold")]
    NotCreated(String),
    /// A condition depends on itself.
    #[error("the condition depends on itself")]
    Circular,
    /// A list has no such element.
    #[error("the list has no element {0}")]
    NoElement(usize),
    /// A parameter has neither value nor default.
    #[error("no value is given, and there is no default")]
    NoValue,
    /// A value was given that the parameter does not allow.
    #[error("{value:?} is not allowed, expected {expected}")]
    Refused {
        /// What was given.
        value: String,
        /// What is allowed.
        expected: String,
    },
}

/// Why there is nothing to use.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is no YAML.
    #[error("the template is not YAML")]
    Yaml(#[from] saphyr::ScanError),
    /// It is YAML, but there are problems; all of them at once.
    #[error("the template cannot be used: {}", list(.0))]
    Problems(Vec<Problem>),
}

impl TemplateError {
    /// The problems, unless it is no YAML at all.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Yaml(_) => &[],
            Self::Problems(problems) => problems,
        }
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Problems while they are collected.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, at: &str, fault: Fault) {
        self.0.push(Problem { at: at.to_owned(), fault });
    }

    /// The value if nothing was wrong.
    pub(super) fn none_or<T>(self, value: T) -> Result<T, TemplateError> {
        if self.0.is_empty() { Ok(value) } else { Err(TemplateError::Problems(self.0)) }
    }
}

/// The place of a member.
pub(super) fn inside(at: &str, member: impl std::fmt::Display) -> String {
    if at.is_empty() { member.to_string() } else { format!("{at}.{member}") }
}
