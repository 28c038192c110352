//! What is new since the last look. Regions report late and out of order, so each look goes back a little; what was
//! said already is known by its id.

use std::collections::HashMap;

use super::line::LogLine;
use crate::moment::Moment;

/// How far a look goes back, in seconds: CloudWatch Logs takes some to show what was written.
const BACK_SECONDS: i64 = 60;

/// Remembers what was said.
#[derive(Debug)]
pub struct Follower {
    since: Moment,
    newest: Moment,
    said: HashMap<(String, String), i64>,
}

impl Follower {
    /// Says what was written since then.
    #[must_use]
    pub fn since(since: Moment) -> Follower {
        Follower { since, newest: since, said: HashMap::new() }
    }

    /// Since when the next look is.
    #[must_use]
    pub fn look_from(&self) -> Moment {
        self.since.max(self.newest.plus(-BACK_SECONDS))
    }

    /// The lines that were not said yet.
    pub fn news(&mut self, lines: Vec<LogLine>) -> Vec<LogLine> {
        let mut news = Vec::new();
        for line in lines {
            let key = (line.region.clone(), line.id.clone());
            if self.said.insert(key, line.time).is_none() {
                self.newest = self.newest.max(Moment::from_unix(line.time / 1_000));
                news.push(line);
            }
        }
        let from = self.look_from().unix().saturating_mul(1_000);
        self.said.retain(|_, time| *time >= from);
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::LogEvent;
    use crate::logs::Source;

    fn line(id: &str, seconds: i64) -> LogLine {
        let event = LogEvent { id: id.to_owned(), milliseconds: seconds * 1_000, message: String::new() };
        LogLine::read(&Source::of_gate("gate", &["eu-west-1".to_owned()]).remove(0), event)
    }

    fn ids(lines: &[LogLine]) -> Vec<&str> {
        lines.iter().map(|line| line.id.as_str()).collect()
    }

    #[test]
    fn each_line_is_said_once_and_late_ones_too() {
        let mut follower = Follower::since(Moment::from_unix(1_000));
        assert_eq!(ids(&follower.news(vec![line("a", 1_100), line("b", 1_110)])), ["a", "b"]);
        assert_eq!(follower.look_from(), Moment::from_unix(1_050));
        assert_eq!(
            ids(&follower.news(vec![line("late", 1_060), line("a", 1_100), line("b", 1_110)])),
            ["late"]
        );
        assert_eq!(ids(&follower.news(vec![line("a", 1_100), line("c", 1_200)])), ["c"]);
        assert_eq!(follower.said.len(), 1, "only what the next look can bring again is remembered");
    }

    #[test]
    fn it_never_looks_before_its_start() {
        let mut follower = Follower::since(Moment::from_unix(1_000));
        let _ = follower.news(vec![line("a", 1_010)]);
        assert_eq!(follower.look_from(), Moment::from_unix(1_000));
    }
}
