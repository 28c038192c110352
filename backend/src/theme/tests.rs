use std::collections::BTreeMap;

use super::context::{AssetUrls, TagLink};
use super::sample::Sample;
use super::*;

fn theme() -> Theme {
    Theme::load(None).unwrap()
}

fn full(theme: &Theme) -> Sample {
    Sample { full: true, assets: theme.asset_urls("#8a3b12") }
}

/// The default theme with a file replaced.
fn with(file: &str, text: &str) -> Result<Theme, ThemeProblems> {
    let mut files = files::embedded();
    files.insert(file.to_owned(), text.as_bytes().to_vec());
    Theme::of_files(&files)
}

fn problems(theme: Result<Theme, ThemeProblems>) -> Vec<String> {
    theme.unwrap_err().0.iter().map(ToString::to_string).collect()
}

#[test]
fn a_slip_is_told_with_its_file_and_line() {
    assert_eq!(
        problems(with("layouts/tag.html", "<p>\n{{ tag.nome }}\n</p>")),
        ["layouts/tag.html:2: undefined value: `tag.nome` is undefined"]
    );
    let told = problems(with("layouts/404.html", "a\nb\n{% if %}"));
    assert!(told[0].starts_with("layouts/404.html:3: syntax error: "), "{told:?}");
    let told = problems(with("layouts/parts.html", "{% macro image( %}"));
    assert!(told[0].starts_with("layouts/parts.html:1: syntax error: "), "{told:?}");
}

#[test]
fn a_slip_in_a_branch_that_few_pages_take_is_found_as_well() {
    let told =
        problems(with("layouts/403.html", "{% if not frame.origin %}\n{{ frame.nothing }}{% endif %}"));
    assert_eq!(told, ["layouts/403.html:2: undefined value: `frame.nothing` is undefined"]);
}

#[test]
fn all_problems_are_told_at_once() {
    let files = Files::from([("layouts/entry.html".to_owned(), b"{{".to_vec())]);
    let told = problems(Theme::of_files(&files));
    assert_eq!(told.iter().filter(|problem| problem.ends_with("is missing")).count(), 8, "{told:?}");
    assert!(told.iter().any(|problem| problem.starts_with("layouts/entry.html:1: ")), "{told:?}");
}

#[test]
fn a_folder_replaces_the_theme() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files::embedded() {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    std::fs::write(folder.path().join("layouts/404.html"), "gone: {{ frame.path }}").unwrap();
    let theme = Theme::load(Some(folder.path())).unwrap();
    let page = ErrorPage { frame: full(&theme).frame("/404.html") };
    assert_eq!(theme.not_found(&page).unwrap(), "gone: /404.html");
    assert!(Theme::load(Some(&folder.path().join("nowhere"))).is_err());
}

#[test]
fn what_people_wrote_is_text_wherever_it_stands() {
    const HOSTILE: &str =
        "</title></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}";
    let theme = theme();
    let sample = full(&theme);
    let mut entry = sample.entry();
    entry.title = HOSTILE.to_owned();
    entry.summary = HOSTILE.to_owned();
    entry.search_title = HOSTILE.to_owned();
    entry.search_description = HOSTILE.to_owned();
    entry.tags = vec![TagLink { name: HOSTILE.to_owned(), url: format!("/news/tags/{HOSTILE}/") }];
    entry.author = Some(context::Author { name: HOSTILE.to_owned() });
    entry.frame.site.title = HOSTILE.to_owned();
    entry.frame.site.tagline = HOSTILE.to_owned();
    entry.frame.navigation[0].title = HOSTILE.to_owned();
    entry.cover.as_mut().unwrap().alt = HOSTILE.to_owned();
    let mut list = sample.list();
    list.frame = entry.frame.clone();
    list.section.title = HOSTILE.to_owned();
    list.items[0].title = HOSTILE.to_owned();
    list.items[0].summary = HOSTILE.to_owned();
    for html in [theme.entry(&entry).unwrap(), theme.section(&list).unwrap()] {
        let scripts = html.matches("<script").count();
        let expected = 1 + html.matches(r#"<script type="application/ld+json">"#).count();
        assert_eq!(scripts, expected, "{html}");
        assert!(!html.contains("<img src=x"), "{html}");
        assert!(!html.contains("\"'>"), "{html}");
        assert!(html.contains("{{ 7*7 }}"), "{html}");
    }
}

#[test]
fn the_structured_data_of_a_page_is_json() {
    let theme = theme();
    let sample = full(&theme);
    let mut entry = sample.entry();
    entry.title = "A \"quoted\" </script> title".to_owned();
    for html in [theme.entry(&entry).unwrap(), theme.home(&sample.home()).unwrap()] {
        let (_, after) = html.split_once(r#"<script type="application/ld+json">"#).unwrap();
        let (json, _) = after.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(data["@context"], "https://schema.org");
        if data["@type"] == "Article" {
            assert_eq!(data["headline"], entry.title);
        }
    }
}

#[test]
fn search_engines_are_told_what_the_editor_says_and_nothing_of_what_is_not_for_everyone() {
    let theme = theme();
    let mut entry = full(&theme).entry();
    let noindex = r#"<meta name="robots" content="noindex">"#;
    let html = theme.entry(&entry).unwrap();
    assert!(!html.contains(noindex) && html.contains("ld+json"), "{html}");
    entry.no_index = true;
    assert!(theme.entry(&entry).unwrap().contains(noindex));
    entry.frame.audience = content::wire::Audience::SignedIn;
    assert!(!theme.entry(&entry).unwrap().contains("ld+json"));
}

#[test]
fn pages_break_no_rule_of_html_or_of_their_content_security_policy() {
    let theme = theme();
    for sample in [full(&theme), Sample { full: false, assets: theme.asset_urls("#8a3b12") }] {
        for html in sample.rendered(&theme) {
            let html = html.unwrap();
            let errors: Vec<_> = html5gum::Tokenizer::new(&html)
                .filter_map(|token| match token {
                    Ok(html5gum::Token::Error(error)) => Some(error.value),
                    _ => None,
                })
                .collect();
            assert_eq!(errors, [], "{html}");
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{html}");
            assert_balanced(&html);
            for forbidden in [" style=", "<style", " onclick=", "javascript:"] {
                assert!(!html.contains(forbidden), "{forbidden} in {html}");
            }
            assert_eq!(html.matches("<h1").count(), 1, "{html}");
        }
    }
}

/// Every element is closed, by itself and in its order.
fn assert_balanced(html: &str) {
    const VOID: [&str; 7] = ["meta", "link", "img", "input", "source", "br", "hr"];
    let mut open: Vec<String> = Vec::new();
    for token in html5gum::Tokenizer::new(html).flatten() {
        match token {
            html5gum::Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                if !tag.self_closing && !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            html5gum::Token::EndTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                assert_eq!(open.pop(), Some(name), "{html}");
            }
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{html}");
}

#[test]
fn the_documentation_names_every_variable_and_no_other() {
    let document = include_str!("../../../docs/theme.md");
    let theme = theme();
    let sample = full(&theme);
    let pages = [
        ("EntryPage", serde_json::to_value(sample.entry()).unwrap()),
        ("ListPage", serde_json::to_value(sample.list()).unwrap()),
        ("TagPage", serde_json::to_value(sample.tag_page()).unwrap()),
        ("HomePage", serde_json::to_value(sample.home()).unwrap()),
    ];
    let mut known = BTreeMap::new();
    for (name, page) in &pages {
        gather(name, page, &mut known);
    }
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut object = String::new();
    for line in document.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            object = heading.split('`').nth(1).unwrap_or_default().to_owned();
        } else if let Some(row) = line.strip_prefix("| `").filter(|_| !object.is_empty()) {
            let name = row.split('`').next().unwrap().to_owned();
            told.entry(object.clone()).or_default().push(name);
        }
    }
    told.values_mut().for_each(|names| names.sort());
    assert_eq!(told, known);

    let words = theme.texts.of_language("en");
    for file in files::embedded().keys() {
        assert!(document.contains(file.rsplit('/').next().unwrap()), "docs/theme.md does not name {file}");
    }
    assert!(!words.is_empty());
}

/// What the document calls the objects that stand under a name.
fn object_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "frame" => "frame",
        "site" => "site",
        "navigation" => "navigation link",
        "feed" | "previous" | "next" | "breadcrumbs" => "link",
        "logo" | "cover" => "picture",
        "sources" => "source",
        "section" => "section",
        "headings" => "heading",
        "tags" | "tag" => "tag",
        "author" => "author",
        "published_at" | "updated_at" => "moment",
        "items" => "item",
        "paging" => "paging",
        "sections" => "home section",
        _ => return None,
    })
}

/// All members of an object and of the objects in it, by what the document calls them.
fn gather(object: &str, value: &serde_json::Value, known: &mut BTreeMap<String, Vec<String>>) {
    let Some(members) = value.as_object() else { return };
    known.insert(object.to_owned(), members.keys().cloned().collect());
    for (name, value) in members {
        let Some(object) = object_of(name) else { continue };
        match value {
            serde_json::Value::Array(values) => values.iter().for_each(|value| gather(object, value, known)),
            value => gather(object, value, known),
        }
    }
}

#[test]
fn assets_are_named_by_their_content() {
    let theme = theme();
    let AssetUrls(urls) = theme.asset_urls("#8a3b12");
    let assets = theme.assets("#8a3b12");
    for path in urls.values() {
        assert!(assets.iter().any(|asset| asset.path == *path), "{path}");
    }
    let sheet = assets.iter().find(|asset| asset.path == urls["site.css"]).unwrap();
    assert!(sheet.bytes.starts_with(b":root{--accent-light:#8a3b12;"));
}
