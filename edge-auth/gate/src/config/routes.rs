//! `routes`: what each path is, and who may have it.

use cognito::Group;
use serde_json::Value;

use super::section::Section;
use crate::path::RequestPath;
use crate::route::{Access, PathPattern, Route, RouteKind, RouteTable};

const ACCESS_EXPECTED: &str = "\"public\", \"signed-in\" or {\"groups\": [\"…\"]}";

pub(super) fn read(root: &mut Section<'_>) -> Option<RouteTable> {
    let entries = root.array("routes")?;
    if entries.is_empty() {
        root.wrong("routes", "at least one route", "none");
        return None;
    }
    let count = entries.len();
    let routes: Vec<Route> = entries
        .into_iter()
        .enumerate()
        .filter_map(|(position, entry)| {
            read_route(Section::of(root.member(&format!("routes[{position}]")), entry, root.problems()))
        })
        .collect();
    (routes.len() == count).then(|| RouteTable::new(routes))
}

fn read_route(mut section: Section<'_>) -> Option<Route> {
    let pattern = section.text("path", None, PathPattern::parse);
    let kind = read_kind(&mut section);
    let access = read_access(&mut section);
    section.finish();
    Some(Route { pattern: pattern?, kind: kind?, access: access? })
}

fn read_kind(section: &mut Section<'_>) -> Option<RouteKind> {
    let entry = section.take("entry");
    let kind = section.text("kind", None, |text| match text {
        "site" | "app" | "api" => Ok(text.to_owned()),
        _ => Err("\"site\", \"app\" or \"api\""),
    })?;
    match (kind.as_str(), entry) {
        ("app", Some(Value::String(entry))) if is_document(&entry) => Some(RouteKind::App { entry }),
        ("app", _) => {
            section.wrong(
                "entry",
                "the path of the app's entry document, such as /admin/index.html",
                "something else",
            );
            None
        }
        (_, Some(_)) => {
            section.wrong("entry", "nothing, since only a route of kind \"app\" has one", "an entry");
            None
        }
        ("site", None) => Some(RouteKind::Site),
        (_, None) => Some(RouteKind::Api),
    }
}

fn is_document(entry: &str) -> bool {
    RequestPath::parse(entry)
        .is_ok_and(|path| path.extension().is_some() && path.as_str() == entry && path.has_one_reading())
}

fn read_access(section: &mut Section<'_>) -> Option<Access> {
    match section.take("access") {
        Some(Value::String(text)) if text == "public" => Some(Access::Public),
        Some(Value::String(text)) if text == "signed-in" => Some(Access::SignedIn),
        Some(value @ Value::Object(_)) => {
            let mut groups = Section::of(section.member("access"), value, section.problems());
            let names = groups.list("groups", |name| Ok(Group::from(name)));
            groups.finish();
            names.map(Access::Groups)
        }
        Some(other) => {
            section.wrong("access", ACCESS_EXPECTED, &other.to_string());
            None
        }
        None => {
            section.missing("access", ACCESS_EXPECTED);
            None
        }
    }
}
