//! What is wrong with a theme, and where.

use std::error::Error;
use std::fmt;

/// Something wrong with a file of a theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ThemeProblem {
    /// The file within the theme, such as `layouts/entry.html`.
    pub file: String,
    /// The line in it, where the problem has one.
    pub line: Option<usize>,
    /// What is the matter.
    pub message: String,
}

impl fmt::Display for ThemeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl ThemeProblem {
    pub(super) fn in_file(file: impl Into<String>, message: impl Into<String>) -> ThemeProblem {
        ThemeProblem { file: file.into(), line: None, message: message.into() }
    }

    /// What the template engine says of a template. The innermost error is meant: the outer ones tell which template
    /// included which.
    pub(super) fn of_template(template: &str, error: &minijinja::Error) -> ThemeProblem {
        let mut innermost = error;
        let mut cause = error.source();
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<minijinja::Error>() {
                innermost = error;
            }
            cause = error.source();
        }
        let message = match innermost.detail() {
            Some(detail) => format!("{}: {detail}", innermost.kind()),
            None => innermost.kind().to_string(),
        };
        let file = format!("layouts/{}", innermost.name().unwrap_or(template));
        ThemeProblem { file, line: innermost.line(), message }
    }
}

/// All that is wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ThemeProblems(pub Vec<ThemeProblem>);

impl fmt::Display for ThemeProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("theme cannot be used")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}
