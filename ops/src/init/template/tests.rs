use proptest::prelude::*;

use super::*;
use crate::project::{Access, Project, RouteKind};

fn said() -> Answers {
    Answers {
        name: Some("docs".into()),
        region: Some("eu-central-1".into()),
        domains: Some(vec!["docs.example.com".into()]),
        ..Answers::default()
    }
}

#[test]
fn what_was_said_is_a_project() {
    let answers = Answers {
        stage: Some("staging".into()),
        api: Some("api.example.com".into()),
        groups: Some(vec!["editors".into(), "admins".into()]),
        has_app: true,
        hosted_ui_prefix: Some("docs-login".into()),
        email: Some("ops@example.com".into()),
        ..said()
    };
    let project = Project::parse(&project_file(&answers)).unwrap();
    assert_eq!(
        (project.stage.as_str(), project.api.unwrap().domain.as_str()),
        ("staging", "api.example.com")
    );
    assert_eq!(project.sign_in.hosted_ui_prefix.as_deref(), Some("docs-login"));
    assert_eq!(project.site.app_path, "/admin/*");
    assert_eq!(project.watch.email.as_deref(), Some("ops@example.com"));
    let access: Vec<bool> =
        project.routes.iter().map(|route| matches!(route.access, Access::Groups(_))).collect();
    assert_eq!(access, [true, true, false]);
}

#[test]
fn without_an_app_the_groups_are_for_the_whole_site() {
    let answers = Answers { groups: Some(vec!["staff".into()]), ..said() };
    let project = Project::parse(&project_file(&answers)).unwrap();
    assert_eq!(project.routes.len(), 1);
    assert!(matches!(&project.routes[0].access, Access::Groups(groups) if groups.len() == 1));
    assert_eq!(project.routes[0].kind, RouteKind::Site);
}

#[test]
fn what_was_not_said_is_what_a_minimal_file_has() {
    let minimal = "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n";
    assert_eq!(Project::parse(&project_file(&said())), Project::parse(minimal));
}

/// Taking the comment off any line of a key, with the header of a table that stands in the same comment, gives a file
/// without unknown keys.
#[test]
fn every_key_in_a_comment_is_one_that_is_read() {
    let file = project_file(&said());
    let lines: Vec<&str> = file.lines().collect();
    let is_key = |line: &str| {
        line.strip_prefix("# ")
            .and_then(|rest| rest.split_once(" = "))
            .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    };
    let keys: Vec<usize> = (0..lines.len()).filter(|position| is_key(lines[*position])).collect();
    for key in &keys {
        let block = (0..*key).rev().take_while(|position| lines[*position].starts_with("# "));
        let header = block.filter(|position| lines[*position].starts_with("# [")).last();
        let is_off = |position: usize| position == *key || Some(position) == header;
        let text: Vec<&str> =
            (0..lines.len())
                .map(|position| {
                    if is_off(position) { lines[position].trim_start_matches("# ") } else { lines[position] }
                })
                .collect();
        let problems = Project::parse(&text.join("\n")).err().unwrap_or_default();
        assert!(
            problems.iter().all(|problem| !problem.message.contains("unknown") && !problem.key.is_empty()),
            "{}: {problems:?}",
            lines[*key]
        );
    }
    assert!(keys.len() > 25, "{}", keys.len());
}

proptest! {
    #[test]
    fn no_answer_breaks_out_of_its_place(name in ".{0,12}", domain in ".{0,20}", group in ".{0,12}") {
        let answers = Answers {
            name: Some(name.clone()),
            domains: Some(vec![domain.clone()]),
            groups: Some(vec![group.clone()]),
            ..said()
        };
        let table: toml::Table = project_file(&answers).parse().unwrap();
        prop_assert_eq!(table["name"].as_str(), Some(name.as_str()));
        prop_assert_eq!(table["site"]["domains"][0].as_str(), Some(domain.as_str()));
        prop_assert_eq!(table["sign_in"]["groups"][0].as_str(), Some(group.as_str()));
    }
}
