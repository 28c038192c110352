//! `[cms]`.

use super::rule::Rule;
use super::section::Section;

/// `[cms]`: the CMS's own stacks are deployed, with its API behind `/api/*`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cms {
    /// The class of the database's machine.
    pub database_class: String,
    /// Whether a second machine takes over where the first fails.
    pub multi_az: bool,
    /// The size of its disk, in GiB.
    pub storage_gib: u32,
    /// For how many days it can be brought back.
    pub backup_days: u32,
    /// How many requests the API works on at once.
    pub concurrency: u32,
    /// What people are greeted with at first; empty for the template's.
    pub greeting: String,
    /// The groups of roles that are called otherwise: `("authors", "writers")`.
    pub roles: Vec<(&'static str, String)>,
}

/// The roles that groups give.
const ROLES: [&str; 3] = ["authors", "editors", "admins"];

impl Cms {
    pub(super) fn read(mut section: Section<'_>) -> Cms {
        let between = |least: u32, most: u32| move |number: u32| (least..=most).contains(&number);
        let cms = Cms {
            database_class: section.text("database_class", "db.t4g.micro", &Rule::DATABASE_CLASS),
            multi_az: section.switch("multi_az", false),
            storage_gib: section.number(
                "storage_gib",
                20,
                "a whole number of GiB from 20 to 13000",
                between(20, 13_000),
            ),
            backup_days: section.number(
                "backup_days",
                7,
                "a whole number of days from 1 to 35",
                between(1, 35),
            ),
            concurrency: section.number(
                "concurrency",
                20,
                "a whole number from 2 to 1000",
                between(2, 1_000),
            ),
            greeting: section.text("greeting", "", &Rule::GREETING),
            roles: ROLES
                .into_iter()
                .filter_map(|role| Some((role, section.optional(role, &Rule::GROUP)?)))
                .collect(),
        };
        section.finish();
        cms
    }
}
