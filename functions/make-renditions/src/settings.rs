//! The environment, read once; every problem is told at once.

/// What the function is told by its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `UPLOADS_BUCKET`: where uploads arrive.
    pub(crate) uploads: String,
    /// `SITE_BUCKET`: where readers get pictures from.
    pub(crate) site: String,
    /// `RECORDS_TABLE`: where it records what came of an upload.
    pub(crate) table: String,
}

/// Variables that are missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment is not complete: {} not set", .0.join(", "))]
pub(crate) struct Missing(Vec<&'static str>);

impl Settings {
    /// Reads the settings; `variable` gives a variable's value.
    pub(crate) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Settings, Missing> {
        let mut missing = Vec::new();
        let mut required = |name: &'static str| {
            variable(name).filter(|value| !value.trim().is_empty()).unwrap_or_else(|| {
                missing.push(name);
                String::new()
            })
        };
        let settings = Settings {
            uploads: required("UPLOADS_BUCKET"),
            site: required("SITE_BUCKET"),
            table: required("RECORDS_TABLE"),
        };
        if missing.is_empty() { Ok(settings) } else { Err(Missing(missing)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let missing = Settings::read(|name| (name == "SITE_BUCKET").then(|| "s".to_owned())).unwrap_err();
        assert_eq!(missing.0, ["UPLOADS_BUCKET", "RECORDS_TABLE"]);
        assert_eq!(Settings::read(|name| Some(name.to_lowercase())).unwrap().table, "records_table");
    }
}
