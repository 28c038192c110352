//! Where lines are read: the gate's log in every region, and those of the CMS's API and functions in the project's.

/// A log group of one region, and what writes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What writes to it, as people call it: `gate`, `backend`, `announce`.
    pub name: &'static str,
    /// The log group.
    pub group: String,
    /// Its region.
    pub region: String,
}

/// The CMS's functions: the ends of their names.
const CMS: [&str; 6] = ["backend", "announce", "make-renditions", "migrate", "publish-due", "record-sign-in"];

/// The log group that Lambda@Edge writes to, in each region that runs the function.
#[must_use]
pub fn log_group(function: &str) -> String {
    format!("/aws/lambda/us-east-1.{function}")
}

impl Source {
    /// The logs of a gate in these regions.
    #[must_use]
    pub fn of_gate(function: &str, regions: &[String]) -> Vec<Source> {
        let source =
            |region: &String| Source { name: "gate", group: log_group(function), region: region.clone() };
        regions.iter().map(source).collect()
    }

    /// The logs of the CMS whose resources begin with `scope`, `<name>-<stage>`.
    #[must_use]
    pub fn of_cms(scope: &str, region: &str) -> Vec<Source> {
        let source =
            |name| Source { name, group: format!("/aws/lambda/{scope}-{name}"), region: region.to_owned() };
        CMS.into_iter().map(source).collect()
    }

    /// Whether it is the gate's.
    #[must_use]
    pub fn is_of_gate(&self) -> bool {
        self.name == "gate"
    }
}
