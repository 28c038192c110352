//! `[watch]`.

use super::rule::Rule;
use super::section::Section;

/// `[watch]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Who hears of alarms.
    pub email: Option<String>,
    /// How long the gate's log lines are kept, in days: a year in production and 30 days elsewhere, unless it is said.
    pub log_days: u32,
    /// From how many dollars a month on they hear of the account's costs; none if it is not said.
    pub monthly_budget: Option<u32>,
}

/// What CloudWatch Logs offers (its API reference, `PutRetentionPolicy`), in days.
const RETENTIONS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
    3_653,
];

impl Watch {
    pub(super) fn read(mut section: Section<'_>, stage: &str) -> Watch {
        let expected = "one of the times that CloudWatch Logs offers, in days: 1, 3, 5, 7, 14, 30, 60, 90, 120, \
                        150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653";
        let by_stage = if stage == "production" { 365 } else { 30 };
        let email = section.optional("email", &Rule::EMAIL);
        let monthly_budget = section.number("monthly_budget", 0, "a whole number of dollars", |_| true);
        if monthly_budget > 0 && email.is_none() {
            section.missing("email", "whom monthly_budget is told to");
        }
        let watch = Watch {
            email,
            monthly_budget: (monthly_budget > 0).then_some(monthly_budget),
            log_days: section.number("log_days", by_stage, expected, |days| RETENTIONS.contains(&days)),
        };
        section.finish();
        watch
    }
}
