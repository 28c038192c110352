//! The environment, read once; every problem is told at once.

use std::time::Duration;

/// What the function is told by its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `DISTRIBUTION_ID`.
    pub(crate) distribution: String,
    /// `SITE_BUCKET`: where manifests arrive.
    pub(crate) bucket: String,
    /// `RECORDS_TABLE`: where it records what it did.
    pub(crate) table: String,
    /// `CACHE_TAGS=true`: the distribution has a `CacheTagConfig`, so that objects are named by their tags.
    pub(crate) by_tag: bool,
    /// `ANNOUNCE_DELAY`: seconds to wait before anything is done, so that the steps can be watched.
    pub(crate) delay: Duration,
}

/// Variables that are missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment is not complete: {}", .0.join("; "))]
pub(crate) struct WrongEnvironment(Vec<String>);

impl Settings {
    /// Reads the settings; `variable` gives a variable's value.
    pub(crate) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Settings, WrongEnvironment> {
        let mut problems = Vec::new();
        let text =
            |name: &str| variable(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut required = |name: &str, expected: &str| {
            text(name).unwrap_or_else(|| {
                problems.push(format!("{name} is not set, expected {expected}"));
                String::new()
            })
        };
        let distribution = required("DISTRIBUTION_ID", "the id of the site's distribution");
        let bucket = required("SITE_BUCKET", "the bucket of the published site");
        let table = required("RECORDS_TABLE", "the table of records");
        let by_tag = match text("CACHE_TAGS").as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                problems.push(format!("CACHE_TAGS is {other:?}, expected true or false"));
                false
            }
        };
        let seconds = text("ANNOUNCE_DELAY").map_or(Ok(0.0), |text| text.parse::<f64>().map_err(|_| text));
        let delay = seconds
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).map_err(|_| seconds.to_string()))
            .unwrap_or_else(|text| {
                problems.push(format!("ANNOUNCE_DELAY is {text:?}, expected seconds"));
                Duration::ZERO
            });
        if problems.is_empty() {
            Ok(Settings { distribution, bucket, table, by_tag, delay })
        } else {
            Err(WrongEnvironment(problems))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, WrongEnvironment> {
        Settings::read(|name| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let wrong = read(&[("CACHE_TAGS", "yes"), ("ANNOUNCE_DELAY", "-1")]).unwrap_err();
        assert_eq!(wrong.0.len(), 5, "{wrong}");
        let names = [("DISTRIBUTION_ID", "E1"), ("SITE_BUCKET", "b"), ("RECORDS_TABLE", "t")];
        let plain = read(&names).unwrap();
        assert_eq!((plain.by_tag, plain.delay), (false, Duration::ZERO));
        let more = [names.as_slice(), &[("CACHE_TAGS", "true"), ("ANNOUNCE_DELAY", "1.5")]].concat();
        let more = read(&more).unwrap();
        assert_eq!((more.by_tag, more.delay), (true, Duration::from_millis(1_500)));
    }
}
