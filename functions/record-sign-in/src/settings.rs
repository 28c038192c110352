//! The environment, read once; every problem is told at once.

/// What the function is told by its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `RECORDS_TABLE`.
    pub(crate) table: String,
    /// `SIGN_INS_BUCKET`: where an object is put for each sign-in.
    pub(crate) bucket: String,
    /// `GREETING_PARAMETER`: its name in Parameter Store.
    pub(crate) greeting: String,
    /// `METRICS_NAMESPACE`.
    pub(crate) namespace: String,
}

/// All variables that are missing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the environment is not complete: {}", .0.join("; "))]
pub(crate) struct WrongEnvironment(Vec<String>);

impl Settings {
    /// Reads the settings; `variable` gives a variable's value.
    pub(crate) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Settings, WrongEnvironment> {
        let mut problems = Vec::new();
        let mut required = |name: &str, expected: &str| {
            let value = variable(name).map(|text| text.trim().to_owned()).unwrap_or_default();
            if value.is_empty() {
                problems.push(format!("{name} is not set, expected {expected}"));
            }
            value
        };
        let settings = Settings {
            table: required("RECORDS_TABLE", "the table of records"),
            bucket: required("SIGN_INS_BUCKET", "the bucket of sign-in objects"),
            greeting: required("GREETING_PARAMETER", "the name of the greeting's parameter"),
            namespace: required("METRICS_NAMESPACE", "the metrics' namespace"),
        };
        if problems.is_empty() { Ok(settings) } else { Err(WrongEnvironment(problems)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_variable_is_named() {
        let error = Settings::read(|name| (name == "RECORDS_TABLE").then(|| "t".to_owned())).unwrap_err();
        assert_eq!(error.0.len(), 3);
        assert_eq!(Settings::read(|name| Some(name.to_lowercase())).unwrap().table, "records_table");
    }
}
