//! A table of people, a line each.

use super::Member;
use crate::moment::Moment;

/// The lines: address, name, status, when the account was made, groups.
#[must_use]
pub fn rows(members: &[&Member]) -> Vec<String> {
    let cells: Vec<[String; 5]> = members.iter().map(|member| cells(member)).collect();
    let widths = cells.iter().fold([0; 4], |widths, row| {
        let mut row = row.iter().map(|cell| cell.chars().count());
        widths.map(|width: usize| width.max(row.next().unwrap_or_default()))
    });
    cells.iter().map(|row| line(row, widths)).collect()
}

fn cells(member: &Member) -> [String; 5] {
    let person = &member.person;
    [
        shown(person.label()),
        person.name.as_deref().map_or_else(|| "-".to_owned(), shown),
        person.status.to_string(),
        person.created.map(Moment::rfc3339).unwrap_or_default(),
        member.groups.join(", "),
    ]
}

fn line(row: &[String; 5], widths: [usize; 4]) -> String {
    let mut widths = widths.into_iter();
    let cells = row.iter().map(|cell| {
        let width = widths.next().unwrap_or_default();
        format!("{cell:<width$}")
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// A text without what a terminal would obey: names may come from another provider, where people choose them.
#[must_use]
pub fn shown(text: &str) -> String {
    let letters = text.chars().flat_map(|letter| {
        let is_obeyed =
            letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if is_obeyed { letter.escape_unicode().collect::<Vec<_>>() } else { vec![letter] }
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::super::person::tests::person;
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let mut ada = Member {
            person: person("1", "ada", Some("Ada Lovelace")),
            groups: vec!["admins".to_owned(), "editors".to_owned()],
        };
        let mut bob = Member { person: person("2", "robert", None), groups: Vec::new() };
        bob.person.status = Status::MustChangePassword;
        assert_eq!(
            rows(&[&ada, &bob]),
            [
                "ada@example.com     Ada Lovelace  confirmed             2026-11-21T12:30:00Z  admins, editors",
                "robert@example.com  -             must change password  2026-11-21T12:30:00Z",
            ]
        );
        ada.person.name = Some("A\u{1b}[2Jda\u{202e}".to_owned());
        assert!(rows(&[&ada])[0].contains("A\\u{1b}[2Jda\\u{202e}"));
        assert!(rows(&[]).is_empty());
    }
}
