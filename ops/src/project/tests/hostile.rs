//! What nobody in their right mind writes, and what a fuzzer would.

use proptest::prelude::*;

use super::*;

#[test]
fn hostile_files_have_problems_and_no_more() {
    let deep = format!("a = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let long = format!("name = \"{}\"", "a".repeat(300_000));
    let many = format!("{MINIMAL}{}", (0..2_000).map(|n| format!("key{n} = {n}\n")).collect::<String>());
    for text in [
        "",
        "=",
        "name",
        "\u{feff}",
        "name = \"a\"\nname = \"b\"",
        "[site]\n[site]",
        "name = \"\\u0000\"",
        "\0",
        "name = nan",
        "[[name]]",
        "region.x = 1",
        "site = []",
        "routes = {}",
        "[gate]\nresponse_headers = []",
        "[gate]\nscopes = [[]]",
        &deep,
        &long,
        &many,
    ] {
        let found = problems(text);
        assert!(!found.is_empty(), "{text:.60}");
        assert!(found.iter().all(|problem| problem.len() < 1_000), "{text:.60}: {found:.300?}");
    }
}

#[test]
fn a_syntax_error_names_its_line() {
    assert!(problems("name = \"docs\"\nregion = eu\n")[0].contains("line 2"));
}

#[test]
fn a_file_is_read_with_carriage_returns_and_a_byte_order_mark() {
    right(&format!("\u{feff}{}", MINIMAL.replace('\n', "\r\n")));
}

#[test]
fn an_error_shows_path_keys_and_the_next_step() {
    use crate::failure::{Exit, Failure};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("parapet.toml");
    let missing = Failure::from(Project::read(&path).unwrap_err());
    assert!(missing.to_string().contains("parapet init"), "{missing}");
    std::fs::write(&path, "name = 1\nregion = 2\n").unwrap();
    let failure = Failure::from(Project::read(&path).unwrap_err());
    assert_eq!(failure.exit(), Exit::Config);
    for part in ["parapet.toml is wrong", "\n  name: expected", "\n  region: expected", "next: mend"] {
        assert!(failure.to_string().contains(part), "{part}: {failure}");
    }
    std::fs::write(&path, MINIMAL).unwrap();
    assert!(Project::read(&path).is_ok());
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("1.5".to_owned()),
        Just("1979-05-27T07:32:00Z".to_owned()),
        "[a-zA-Z0-9/*:@._-]{0,30}".prop_map(|text| format!("{text:?}")),
        Just("[]".to_owned()),
        Just("[[1], {}]".to_owned()),
        Just("{ a = 1 }".to_owned()),
        "[a-z.]{0,12}".prop_map(|text| format!("[\"{text}\"]")),
    ]
}

fn any_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "name",
        "stage",
        "region",
        "routes",
        "site",
        "api",
        "sign_in",
        "gate",
        "watch",
        "site.domains",
        "site.folder",
        "site.bucket",
        "site.distribution",
        "site.prefix",
        "site.app_path",
        "site.pages_policy",
        "api.domain",
        "sign_in.user_pool",
        "sign_in.client",
        "sign_in.hosted_ui_domain",
        "sign_in.groups",
        "sign_in.email",
        "gate.scopes",
        "gate.response_headers",
        "gate.cookies",
        "watch.log_days",
        "watch.monthly_budget",
        "permissions_boundary",
        "watch.email",
        "other",
    ])
}

proptest! {
    #[test]
    fn any_text_is_a_project_or_has_problems(text in ".{0,200}") {
        prop_assert!(Project::parse(&text).err().is_none_or(|problems| !problems.is_empty()));
    }

    #[test]
    fn any_value_of_any_key_is_right_or_named(lines in prop::collection::btree_map(any_key(), any_value(), 1..6)) {
        let text: String = lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        if let Err(problems) = Project::parse(&text) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.message.len() < 500), "{problems:?}");
        }
    }

    /// Whatever is read can be handed to the gate.
    #[test]
    fn a_project_makes_a_configuration(more in any_value(), key in any_key()) {
        let text = if key.contains('.') || !MINIMAL.contains(&format!("{key} =")) {
            format!("{key} = {more}\nname = \"docs\"\nregion = \"eu-central-1\"\n")
        } else {
            MINIMAL.to_owned()
        };
        if let Ok(project) = Project::parse(&text) {
            let path = Path::new("parapet.toml");
            prop_assert!(crate::explain::ConfigSource::from_project(&project, path).is_ok());
        }
    }
}
