//! The log: a line on standard output for every record that is wanted.

use std::io::Write;

use gate::log::{Level, Record};

use super::ambient;

/// Lambda says in it which function this is. A copy at an edge is named after the region of the original, too.
const FUNCTION_NAME: &str = "AWS_LAMBDA_FUNCTION_NAME";

/// Where records go.
#[derive(Debug, Clone)]
pub(super) struct Log {
    level: Level,
    /// The function's own name, in every region the same.
    function: Option<String>,
}

impl Log {
    /// The log of this function, with records of this level and of graver ones.
    pub(super) fn of_this_function(level: Level) -> Log {
        Log { level, function: std::env::var(FUNCTION_NAME).ok().and_then(|name| own_name(&name)) }
    }

    pub(super) fn write(&self, record: Option<&Record>) {
        if let Some(record) = record.filter(|record| record.is_wanted(self.level)) {
            let now = u64::try_from(ambient::since_epoch().as_millis()).unwrap_or(u64::MAX);
            let line = record.line(self.function.as_deref(), now) + "\n";
            // Where standard output is closed, there is nobody to tell; the viewer is answered all the same.
            let _ = std::io::stdout().lock().write_all(line.as_bytes());
        }
    }
}

/// The name that a function was given: `cms-production-edge-auth` of `us-east-1.cms-production-edge-auth`. A name itself
/// has no dots.
fn own_name(name: &str) -> Option<String> {
    let own = name.rsplit('.').next().unwrap_or_default();
    (!own.is_empty()).then(|| own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_one_name_everywhere() {
        let name = Some("cms-production-edge-auth".to_owned());
        assert_eq!(own_name("cms-production-edge-auth"), name);
        assert_eq!(own_name("us-east-1.cms-production-edge-auth"), name);
        assert_eq!(own_name(""), None);
    }
}
